using Sfu.Time;

namespace Sfu.Tests.Slots;

/// <summary>A packet of a <see cref="DriftingPublisher"/>.</summary>
/// <param name="Arrival">On our clock.</param>
/// <param name="HeldUp">Of its way, beyond the shortest time that it takes.</param>
internal sealed record SentFrame(uint Csrc, long Index, uint Timestamp, Instant Arrival, TimeSpan HeldUp);
