namespace Sfu.LoadTest.Statistics;

/// <summary>What came of one stream, by sequence numbers: once, twice, late or never. One thread.</summary>
/// <remarks>A packet that is late by 64 or more cannot be told from a duplicate; it counts as a duplicate and stays lost.</remarks>
internal struct SequenceWindow
{
    private const int Bits = 64;

    /// <summary>Bit n is set when number <see cref="Highest"/> - n has come.</summary>
    private ulong _seen;

    /// <summary>Extended by cycles of 2^16, counted from the first packet.</summary>
    public long Highest { get; private set; }

    /// <summary>The lowest that counts: of the packet that the window began with.</summary>
    public long First { get; private set; }

    /// <summary>Each number once.</summary>
    public int Received { get; private set; }

    public int Duplicated { get; private set; }

    public int OutOfOrder { get; private set; }

    /// <summary>By the stream's own numbers: from its first packet to the highest.</summary>
    public readonly long Expected => Received == 0 ? 0 : Highest - First + 1;

    /// <summary>Where a number stands in relation to <see cref="Highest"/>: positive is ahead.</summary>
    public readonly int Distance(ushort sequence) => (short)(sequence - (ushort)Highest);

    /// <summary>Forgets everything and begins with this packet.</summary>
    public void Start(long extended)
    {
        this = default;
        First = Highest = extended;
        _seen = 1;
        Received = 1;
    }

    /// <summary>Takes note of a packet.</summary>
    /// <param name="distance">From <see cref="Distance"/>.</param>
    /// <returns>By how many packets the loss grows: 0 in order, more for a gap, -1 for a late one that fills it; null for one that does not count.</returns>
    public int? Accept(int distance)
    {
        if (distance > 0)
        {
            _seen = distance < Bits ? _seen << distance | 1 : 1;
            Highest += distance;
            Received++;
            return distance - 1;
        }

        if (Highest + distance < First)
            return null;
        ulong bit = distance > -Bits ? 1UL << -distance : 0;
        if (bit == 0 || (_seen & bit) != 0)
        {
            Duplicated++;
            return null;
        }

        _seen |= bit;
        Received++;
        OutOfOrder++;
        return -1;
    }
}
