namespace Sfu.Signalling.Messages;

/// <param name="Slots">How many the client wants to hear, at least 1.</param>
internal sealed record ListenMessage(string? Id, int Slots) : ClientMessage(Id);
