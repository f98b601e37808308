using Sfu.Time;

namespace Sfu.Slots;

/// <summary>Where a kept packet is in its <see cref="SlotHistory"/>, and what decides whether and as what a listener gets it.</summary>
internal struct SlotEntry
{
    public long Index;

    /// <summary>At the home worker.</summary>
    public Instant Arrival;

    public uint Csrc;

    /// <summary>Of the header in the history's bytes; the payload follows at once.</summary>
    public ushort Offset;

    /// <summary>Header and payload.</summary>
    public ushort Length;

    /// <inheritdoc cref="SlotPacketHeader.Rank"/>
    public byte Rank;
}
