namespace Sfu.Signalling.Messages;

internal sealed record MediaMessage(string State) : ServerMessage("media");
