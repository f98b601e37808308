using Sfu.Slots;

namespace Sfu.FanOut;

/// <summary>A packet that is to go to one listener, with the number that it gets there.</summary>
internal struct ListenerSegment
{
    /// <summary>In the slot's history.</summary>
    public long Position;

    /// <summary>Rollover counter and sequence number.</summary>
    public long PacketIndex;

    /// <summary>Added to the slot's time; not 0 only for a listener that follows the dominant speaker.</summary>
    public uint TimestampOffset;

    /// <summary>Header and payload, before padding and protection.</summary>
    public ushort Length;

    public byte Slot;

    public SlotForm Form;
}
