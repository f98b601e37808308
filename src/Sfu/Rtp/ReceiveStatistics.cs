using Sfu.Rtcp;
using Sfu.Time;

namespace Sfu.Rtp;

/// <summary>What is received of one stream, as receiver reports tell it (RFC 3550 A.1, A.3, A.8).</summary>
/// <remarks>One thread. No clock: the arrival time comes in.</remarks>
/// <param name="ssrc">Of the sender.</param>
/// <param name="clockRate">Of its RTP timestamps, in Hz.</param>
public sealed class ReceiveStatistics(uint ssrc, int clockRate)
{
    /// <summary>A larger step forward is a restart of the sender and not a loss (RFC 3550 A.1).</summary>
    private const int MaxDropout = 3_000;

    /// <summary>A larger step backward is a restart of the sender and not reordering (RFC 3550 A.1).</summary>
    private const int MaxMisorder = 100;

    private const int SequenceModulus = 1 << 16;

    /// <summary>No 16-bit number: no restart is suspected.</summary>
    private const int NoBadSequence = SequenceModulus + 1;

    /// <summary>Jitter is kept in 1/16 units, which makes the filter of A.8 exact in integers.</summary>
    private const int JitterShift = 4;

    private bool _started;
    private uint _cycles;
    private ushort _highest;
    private uint _base;
    private int _badSequence = NoBadSequence;
    private long _received;
    private long _expectedPrior;
    private long _receivedPrior;
    private uint _transit;
    private bool _hasTransit;
    private uint _jitter;
    private uint _lastSenderReport;
    private Instant _lastSenderReportAt;
    private bool _hasSenderReport;

    public uint Ssrc { get; } = ssrc;

    /// <summary>Packets since the start, duplicates included.</summary>
    public long Received => _received;

    /// <summary>From the first to the highest sequence number.</summary>
    public long Expected => _started ? (long)ExtendedHighestSequence - _base + 1 : 0;

    /// <summary>Negative when duplicates outnumber losses.</summary>
    public long Lost => Expected - Received;

    /// <summary>Cycles in the upper 16 bits, the highest sequence number in the lower.</summary>
    public uint ExtendedHighestSequence => _cycles | _highest;

    /// <summary>In RTP timestamp units.</summary>
    public uint Jitter => _jitter >> JitterShift;

    /// <summary>Takes a packet into account.</summary>
    /// <param name="now">When it arrived.</param>
    public void OnPacket(ushort sequenceNumber, uint timestamp, Instant now)
    {
        if (!_started)
        {
            Restart(sequenceNumber);
        }
        else if (!TryAdvance(sequenceNumber))
        {
            return;
        }

        _received++;
        UpdateJitter(timestamp, now);
    }

    /// <param name="ntpTimestamp">As the SR carries it.</param>
    /// <param name="now">When the SR arrived.</param>
    public void OnSenderReport(ulong ntpTimestamp, Instant now)
    {
        _lastSenderReport = NtpTime.Middle(ntpTimestamp);
        _lastSenderReportAt = now;
        _hasSenderReport = true;
    }

    /// <summary>The block for the next receiver report; the loss fraction covers the time since the last call (RFC 3550 A.3).</summary>
    public ReportBlock CreateReport(Instant now)
    {
        long expected = Expected;
        long expectedInterval = expected - _expectedPrior;
        long lostInterval = expectedInterval - (_received - _receivedPrior);
        _expectedPrior = expected;
        _receivedPrior = _received;

        byte fraction = expectedInterval <= 0 || lostInterval <= 0
            ? (byte)0
            : (byte)Math.Min(byte.MaxValue, (lostInterval << 8) / expectedInterval);
        return new ReportBlock(
            Ssrc,
            fraction,
            (int)Math.Clamp(Lost, ReportBlock.MinCumulativeLost, ReportBlock.MaxCumulativeLost),
            ExtendedHighestSequence,
            Jitter,
            _lastSenderReport,
            _hasSenderReport ? NtpTime.ToShort(now - _lastSenderReportAt) : 0);
    }

    /// <returns>False for the first packet after a jump, which counts only once another follows it in order.</returns>
    private bool TryAdvance(ushort sequenceNumber)
    {
        int ahead = (ushort)(sequenceNumber - _highest);
        if (ahead < MaxDropout)
        {
            if (sequenceNumber < _highest)
                _cycles += SequenceModulus;
            _highest = sequenceNumber;
        }
        else if (ahead <= SequenceModulus - MaxMisorder)
        {
            if (sequenceNumber != _badSequence)
            {
                _badSequence = (ushort)(sequenceNumber + 1);
                return false;
            }

            Restart(sequenceNumber);
            return true;
        }

        _badSequence = NoBadSequence;
        return true;
    }

    private void Restart(ushort sequenceNumber)
    {
        _started = true;
        _base = sequenceNumber;
        _highest = sequenceNumber;
        _cycles = 0;
        _badSequence = NoBadSequence;
        _received = 0;
        _receivedPrior = 0;
        _expectedPrior = 0;
        _hasTransit = false;
    }

    private void UpdateJitter(uint timestamp, Instant now)
    {
        uint arrival = (uint)(now.Microseconds * clockRate / 1_000_000);
        uint transit = arrival - timestamp;
        if (_hasTransit)
        {
            // uint.MaxValue / 2 is as far as two 32-bit times can be apart; Math.Abs of int.MinValue would throw.
            int difference = (int)(transit - _transit);
            uint distance = difference < 0 ? (uint)-(long)difference : (uint)difference;
            _jitter = (uint)(_jitter + (long)distance - ((_jitter + (1L << (JitterShift - 1))) >> JitterShift));
        }

        _transit = transit;
        _hasTransit = true;
    }
}
