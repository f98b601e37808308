namespace Sfu.Signalling.Messages;

internal sealed record MuteMessage(string? Id, bool Muted) : ClientMessage(Id);
