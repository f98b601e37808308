namespace Sfu.Signalling.Messages;

internal sealed record SelfMessage(SelfDto Self) : ServerMessage("self");
