namespace Sfu.Signalling.Messages;

/// <summary>Somebody before the door moved up.</summary>
/// <param name="Position">1 is the next.</param>
internal sealed record PlaceMessage(int Position) : ServerMessage("waiting.moved");
