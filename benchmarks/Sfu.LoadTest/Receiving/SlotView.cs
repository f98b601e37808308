using Sfu.LoadTest.Statistics;

namespace Sfu.LoadTest.Receiving;

/// <summary>How one listener gets one slot. Owned by the listener's receive thread.</summary>
internal struct SlotView
{
    public SequenceWindow Window;

    /// <summary>CLOCK_REALTIME nanoseconds.</summary>
    public long LastArrival;

    /// <summary>Nanoseconds between two packets of one turn, in this phase.</summary>
    public long LongestGap;

    /// <summary>Of the packet with the highest number.</summary>
    public long LastOrdinal;

    /// <summary>Of the first packet of this phase.</summary>
    public long FirstOrdinal;

    public uint Turn;

    /// <summary>Which <see cref="SlotStream"/> this is.</summary>
    public int Stream;

    /// <summary>Packets until the next one that is decrypted.</summary>
    public int UntilCheck;

    /// <summary>How many packets more are decrypted one after the other.</summary>
    public int ChecksAtStart;

    public Phase Phase;

    /// <summary>False while the listener has no keys; nothing is counted then.</summary>
    public bool IsOpen;

    /// <summary>The listener's RTP timestamps are not those of others.</summary>
    public bool HasOwnTimeline;

    /// <summary>What is taken from its timestamps is known.</summary>
    public bool IsAligned;

    public uint TimelineOffset;

    /// <summary>Something was received, in any phase.</summary>
    public bool HasStarted;
}
