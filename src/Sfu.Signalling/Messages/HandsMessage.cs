namespace Sfu.Signalling.Messages;

/// <param name="Revision">Of the room, when they were these.</param>
/// <param name="Hands">In the order in which they rose.</param>
internal sealed record HandsMessage(long Revision, IReadOnlyList<HandDto> Hands, string? Re) : ServerMessage("hands");
