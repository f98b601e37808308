namespace Sfu.Diagnostics;

/// <summary>What a worker's clients report about what they hear.</summary>
/// <remarks>Written by the one thread that owns it; read at scrape by any thread.</remarks>
public sealed class MediaCounters
{
    /// <summary>FractionLost is in 1/256 (RFC 3550 6.4.1).</summary>
    private const double FractionUnit = 1 / 256.0;

    private long _reportBlocks;
    private double _lostFractions;
    private long _nackedPackets;

    /// <summary>Report blocks received, one for each stream that a client reports on.</summary>
    public long ReportBlocks => Volatile.Read(ref _reportBlocks);

    /// <summary>The sum of their loss fractions, each 0..1: divided by <see cref="ReportBlocks"/> it is the mean loss.</summary>
    public double LostFractions => Volatile.Read(ref _lostFractions);

    /// <summary>Packets that clients asked for again.</summary>
    public long NackedPackets => Volatile.Read(ref _nackedPackets);

    internal void CountReport(byte fractionLost)
    {
        Volatile.Write(ref _reportBlocks, _reportBlocks + 1);
        Volatile.Write(ref _lostFractions, _lostFractions + fractionLost * FractionUnit);
    }

    internal void CountNackedPacket() => Volatile.Write(ref _nackedPackets, _nackedPackets + 1);
}
