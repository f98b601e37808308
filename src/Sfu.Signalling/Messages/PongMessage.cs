namespace Sfu.Signalling.Messages;

internal sealed record PongMessage(double? T, string? Re) : ServerMessage("pong");
