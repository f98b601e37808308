namespace Sfu.Signalling.Messages;

internal sealed record ListHandsMessage(string? Id) : ClientMessage(Id);
