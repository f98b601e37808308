namespace Sfu.FanOut;

/// <summary>Who has which slot and who is dominant; immutable, made at a change.</summary>
/// <param name="Slots">CSRC by slot; 0 for nobody.</param>
/// <param name="Dominant">CSRC, or 0.</param>
internal sealed record SpeakersHeard(IReadOnlyList<uint> Slots, uint Dominant);
