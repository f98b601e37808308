namespace Sfu.LoadTest.Receiving;

/// <summary>A slot packet that somebody has decrypted: the same for every listener but for its sequence number.</summary>
internal struct SlotEntry
{
    public uint Timestamp;
    public bool IsKnown;
    public Phase Phase;

    /// <summary>Counts the slot's packets, those that nobody got included.</summary>
    public long Ordinal;

    /// <summary>CLOCK_REALTIME nanoseconds.</summary>
    public long SentAt;

    /// <summary>When the turn began that the packet belongs to, on the same clock.</summary>
    public long TurnStartedAt;

    /// <summary>Speaker in the upper half, the speaker's turn in the lower.</summary>
    public uint Turn;

    /// <summary>Of the speaker's packets.</summary>
    public uint Number;
}
