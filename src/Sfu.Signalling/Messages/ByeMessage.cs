namespace Sfu.Signalling.Messages;

internal sealed record ByeMessage(string Reason, string Message, bool Reconnect) : ServerMessage("bye");
