namespace Sfu.Signalling.Messages;

internal sealed record IceRestartMessage(string? Id) : ClientMessage(Id);
