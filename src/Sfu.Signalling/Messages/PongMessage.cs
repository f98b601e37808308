namespace Sfu.Signalling.Messages;

internal sealed record PongMessage(double? T, string? Re) : ServerMessage
{
    public override string Type => "pong";
}
