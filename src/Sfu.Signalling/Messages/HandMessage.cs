namespace Sfu.Signalling.Messages;

/// <param name="Note">Null when none was given.</param>
internal sealed record HandMessage(string? Id, bool Raised, string? Note) : ClientMessage(Id);
