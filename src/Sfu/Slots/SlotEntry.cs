using Sfu.Time;

namespace Sfu.Slots;

/// <summary>Where a kept packet is in its <see cref="SlotHistory"/>, and what decides whether and as what a listener gets it.</summary>
internal struct SlotEntry
{
    public long Index;

    /// <summary>At the home worker.</summary>
    public Instant Arrival;

    public uint Csrc;

    /// <summary>Of the header in the history's bytes; the payload follows at once, and the RED form behind it.</summary>
    public ushort Offset;

    /// <summary>Header and payload.</summary>
    public ushort Length;

    /// <summary>Header and payload of the RED form; 0 when there is none.</summary>
    public ushort RedLength;

    /// <inheritdoc cref="SlotPacketHeader.Rank"/>
    public byte Rank;

    /// <summary>The form that a listener gets who would take RED.</summary>
    public readonly SlotForm BestForm => RedLength > 0 ? SlotForm.Red : SlotForm.Opus;

    public readonly ushort LengthAs(SlotForm form) => form == SlotForm.Red ? RedLength : Length;
}
