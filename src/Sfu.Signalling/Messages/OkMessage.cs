namespace Sfu.Signalling.Messages;

internal sealed record OkMessage(string Re) : ServerMessage("ok");
