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
    private long _retransmittedPackets;
    private long _redListeners;
    private long _redSwitches;
    private long _askedPackets;
    private long _recoveredPackets;
    private long _answeredPackets;

    /// <summary>Report blocks received, one for each stream that a client reports on.</summary>
    public long ReportBlocks => Volatile.Read(ref _reportBlocks);

    /// <summary>The sum of their loss fractions, each 0..1: divided by <see cref="ReportBlocks"/> it is the mean loss.</summary>
    public double LostFractions => Volatile.Read(ref _lostFractions);

    /// <summary>Packets that clients asked for again.</summary>
    public long NackedPackets => Volatile.Read(ref _nackedPackets);

    /// <summary>Those of them that were sent again; the others are counted as drops, by their reason.</summary>
    public long RetransmittedPackets => Volatile.Read(ref _retransmittedPackets);

    /// <summary>Listeners that are sent RED now.</summary>
    public long RedListeners => Volatile.Read(ref _redListeners);

    /// <summary>How often a listener was moved to RED or back.</summary>
    public long RedSwitches => Volatile.Read(ref _redSwitches);

    /// <summary>Packets that publishers were asked for again.</summary>
    public long AskedPackets => Volatile.Read(ref _askedPackets);

    /// <summary>Packets of publishers that RED brought (RFC 2198) and no datagram of their own.</summary>
    public long RecoveredPackets => Volatile.Read(ref _recoveredPackets);

    /// <summary>Packets that came after publishers had been asked for them.</summary>
    public long AnsweredPackets => Volatile.Read(ref _answeredPackets);

    internal void CountReport(byte fractionLost)
    {
        Volatile.Write(ref _reportBlocks, _reportBlocks + 1);
        Volatile.Write(ref _lostFractions, _lostFractions + fractionLost * FractionUnit);
    }

    internal void CountRetransmission() => Volatile.Write(ref _retransmittedPackets, _retransmittedPackets + 1);

    internal void CountRedSwitch(bool on)
    {
        Volatile.Write(ref _redSwitches, _redSwitches + 1);
        CountRedListeners(on ? 1 : -1);
    }

    internal void CountRedListeners(int change) => Volatile.Write(ref _redListeners, _redListeners + change);

    internal void CountNackedPacket() => Volatile.Write(ref _nackedPackets, _nackedPackets + 1);

    internal void CountAsked(int packets) => Volatile.Write(ref _askedPackets, _askedPackets + packets);

    internal void CountRecovered(int packets) => Volatile.Write(ref _recoveredPackets, _recoveredPackets + packets);

    internal void CountAnswered() => Volatile.Write(ref _answeredPackets, _answeredPackets + 1);
}
