namespace Sfu.Signalling.Messages;

internal sealed record StageMessage(string? Id, bool On) : ClientMessage(Id);
