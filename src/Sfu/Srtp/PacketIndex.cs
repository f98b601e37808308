namespace Sfu.Srtp;

/// <summary>The 48-bit packet index: rollover counter and sequence number (RFC 3711 3.3.1).</summary>
internal static class PacketIndex
{
    public const int SequenceBits = 16;

    private const long Cycle = 1L << SequenceBits;
    private const long HalfCycle = Cycle / 2;
    private const long Max = (1L << 48) - 1;

    public static long From(uint rolloverCounter, ushort sequence) => ((long)rolloverCounter << SequenceBits) | sequence;

    /// <summary>The index nearest to the highest authenticated one that has this sequence number (RFC 3711 appendix A),
    /// within the indices that exist.</summary>
    public static long Guess(long highest, ushort sequence)
    {
        long index = (highest & ~(Cycle - 1)) | sequence;
        if (index - highest > HalfCycle && index >= Cycle) return index - Cycle;
        if (index - highest < -HalfCycle && index + Cycle <= Max) return index + Cycle;
        return index;
    }
}
