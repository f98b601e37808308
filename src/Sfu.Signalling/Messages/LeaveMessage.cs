namespace Sfu.Signalling.Messages;

internal sealed record LeaveMessage(string? Id) : ClientMessage(Id);
