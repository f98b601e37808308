namespace Sfu.FanOut;

/// <summary>A packet that is to go to one listener, with the number that it gets there.</summary>
internal struct ListenerSegment
{
    /// <summary>In the slot's history.</summary>
    public long Position;

    /// <summary>Rollover counter and sequence number.</summary>
    public long PacketIndex;

    public int Slot;

    /// <summary>Header and payload, before padding and protection.</summary>
    public int Length;
}
