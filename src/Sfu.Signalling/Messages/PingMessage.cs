namespace Sfu.Signalling.Messages;

internal sealed record PingMessage(string? Id, double? T) : ClientMessage(Id);
