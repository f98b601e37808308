using Sfu.Rtp;
using Sfu.Time;

namespace Sfu.Slots;

/// <summary>Everything about a slot packet but its payload: blittable, so that it crosses to another worker as bytes.</summary>
/// <param name="Slot">0..<see cref="MediaConstants.MaxSlots"/> - 1.</param>
/// <param name="Index">The slot's 64-bit packet index. It goes on over speakers; one index is one packet, ever.</param>
/// <param name="Timestamp">On the slot's own timeline, which goes on over speakers.</param>
/// <param name="Csrc">Who speaks; never 0.</param>
/// <param name="Marker">Set on a speaker's first packet.</param>
/// <param name="Level">Of this packet.</param>
/// <param name="Arrival">When the home worker received it; ties <paramref name="Timestamp"/> to the clock for sender reports.</param>
/// <param name="Rank">Of the slot by dominance at this packet: 0 for the dominant speaker's, then 1 for that of the one before, and so on.</param>
internal readonly record struct SlotPacketHeader(
    int Slot,
    long Index,
    uint Timestamp,
    uint Csrc,
    bool Marker,
    AudioLevel Level,
    Instant Arrival,
    byte Rank = 0);
