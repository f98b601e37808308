namespace Sfu.Signalling.Messages;

/// <param name="Slots">By slot the id of whoever has it; null for nobody.</param>
/// <param name="Dominant">Null for nobody.</param>
internal sealed record SpeakersMessage(long Revision, IReadOnlyList<string?> Slots, string? Dominant) : ServerMessage("speakers");
