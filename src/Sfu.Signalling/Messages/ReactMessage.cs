namespace Sfu.Signalling.Messages;

internal sealed record ReactMessage(string? Id, string Reaction) : ClientMessage(Id);
