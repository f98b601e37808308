namespace Sfu.Signalling.Messages;

/// <param name="Hands">In the order in which they rose.</param>
internal sealed record HandsMessage(IReadOnlyList<HandDto> Hands, string? Re) : ServerMessage("hands");
