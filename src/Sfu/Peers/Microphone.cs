using System.Numerics;
using Sfu.Diagnostics;
using Sfu.Opus;
using Sfu.Rtcp;
using Sfu.Rtp;
using Sfu.Sdp;
using Sfu.Slots;
using Sfu.Time;

namespace Sfu.Peers;

/// <summary>The stream that a client sends: which packets belong to it, what is in them, and how well they arrive.</summary>
/// <remarks>One worker's thread.</remarks>
/// <param name="meters">Of the worker, for a publisher without RFC 6464.</param>
internal sealed class Microphone(LevelMeters meters) : IDisposable
{
    /// <summary>
    /// Packets a second, and at once, as each becomes one for each listener: the rate of the shortest Opus frame (2.5 ms, RFC 6716
    /// 2.1.4), and what a stalled uplink lets go at once fits into it.
    /// </summary>
    public const int MaxRate = 400;

    /// <summary>How far back RED is used, in packets; what is older than that of 20 ms each has been concealed by the listeners.</summary>
    public const int MaxRedDistance = 8;

    /// <summary>Often enough for a sender's rate control to follow; below the 5 s that RFC 3550 6.2 takes as a minimum for large groups.</summary>
    public static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    /// <summary>Three of the intervals in which it is told again.</summary>
    private static readonly TimeSpan ListenerLossLifetime = TimeSpan.FromSeconds(3);

    private ReceiveStatistics? _statistics;
    private ArrivedPackets? _arrived;
    private MissingPackets? _missing;
    private ILevelMeter? _meter;
    private Instant _arrivedAt;
    private byte _listenerLoss;
    private Instant _listenerLossUntil;
    private byte _opus = MediaConstants.OpusPayloadType;
    private byte? _red = MediaConstants.RedPayloadType;
    private byte? _levelExtension;
    private uint? _negotiatedSsrc;
    private bool _heardSinceReport;
    private PacketBudget _budget = new(MaxRate, MaxRate);

    /// <summary>When a receiver report is due; <see cref="Instant.Never"/> while nothing arrives.</summary>
    public Instant ReportDeadline { get; private set; } = Instant.Never;

    /// <summary>To the client and back.</summary>
    public RoundTripEstimate RoundTrip { get; } = new();

    /// <summary>When <see cref="TakeMissing"/> has something to do.</summary>
    public Instant AskDeadline => _missing?.Deadline ?? Instant.Never;

    /// <summary>0 before anything was heard.</summary>
    public uint Ssrc => _statistics?.Ssrc ?? 0;

    public void Apply(Answer answer)
    {
        _opus = answer.OpusPayloadType;
        _red = answer.RedPayloadType;
        _levelExtension = answer.AudioLevelExtensionId;
        _negotiatedSsrc = answer.MicrophoneSsrc;
        _missing = answer.MicrophoneNack ? _missing ?? new MissingPackets(RoundTrip) : null;
    }

    /// <param name="datagram">Header and payload, authenticated and decrypted.</param>
    /// <param name="index">Its SRTP packet index.</param>
    /// <param name="now">When it arrived.</param>
    /// <param name="counters">Of the worker.</param>
    /// <param name="packets">What to forward; payloads lie in <paramref name="datagram"/>.</param>
    /// <returns>
    /// Why the datagram's own packet is not among <paramref name="packets"/>. They may hold what RED brought all the same.
    /// </returns>
    public DropReason Read(ReadOnlySpan<byte> datagram, long index, Instant now, MediaCounters counters, out SpeakerPackets packets)
    {
        packets = default;
        DropReason reason = RtpPacket.TryRead(datagram, out RtpPacket rtp);
        if (reason != DropReason.None)
            return reason;
        if (rtp.Ssrc != (_negotiatedSsrc ?? _statistics?.Ssrc ?? rtp.Ssrc))
            return DropReason.RtpUnknownSsrc;
        if (!_budget.TrySpend(now))
            return DropReason.RtpTooMany;

        ArrivedPackets arrived = Count(rtp, now);
        reason = ReadPayload(rtp, out ReadOnlySpan<byte> payload, out RedReader red);
        if (reason != DropReason.None)
            return reason;

        long highest = arrived.Highest;
        reason = arrived.Take(index, rtp.Timestamp);
        uint recovered = red.RedundantCount > 0 ? Recover(arrived, red, index, rtp.Timestamp, now) : 0;
        if (recovered != 0)
            counters.CountRecovered(BitOperations.PopCount(recovered));
        if (index < highest && _missing is not null && _missing.OnArrival(index, now))
            counters.CountAnswered();
        if (index > highest)
            NoteMissing(arrived, highest, index, payload, now);

        var own = new SpeakerPacket
        {
            Ssrc = rtp.Ssrc,
            Index = index,
            Timestamp = rtp.Timestamp,
            Marker = rtp.Marker,
            Level = _levelExtension is { } id && rtp.TryGetAudioLevel(id, out AudioLevel level) ? level : Measure(payload, reason, now),
            Payload = payload,
        };
        packets = new SpeakerPackets(own, reason == DropReason.None, red, recovered);
        return reason;
    }

    public void Dispose()
    {
        if (_meter is not null)
            meters.Release(_meter);
        _meter = null;
    }

    /// <summary>What the publisher is to be asked for now.</summary>
    /// <param name="sequenceNumbers">At least <see cref="MissingPackets.Capacity"/>.</param>
    /// <returns>How many.</returns>
    public int TakeMissing(Instant now, Span<ushort> sequenceNumbers) => _missing?.TakeDue(now, sequenceNumbers) ?? 0;

    public void OnSenderReport(uint ssrc, ulong ntpTimestamp, Instant now)
    {
        if (_statistics is { } statistics && statistics.Ssrc == ssrc)
            statistics.OnSenderReport(ntpTimestamp, now);
    }

    /// <summary>The block of the report that is due, and the next deadline.</summary>
    /// <returns>False when nothing arrived since the last one: reports stop until something does.</returns>
    public bool TryTakeReport(Instant now, out ReportBlock block)
    {
        block = default;
        ReportDeadline = Instant.Never;
        if (!_heardSinceReport || _statistics is null)
            return false;

        _heardSinceReport = false;
        ReportDeadline = now + ReportInterval;
        block = _statistics.CreateReport(now);
        if (now < _listenerLossUntil)
            block = block with { FractionLost = Math.Max(block.FractionLost, _listenerLoss) };
        return true;
    }

    /// <summary>
    /// What those who hear this microphone lose goes into its reports for a while where it is more than what is lost on the way
    /// here: an encoder turns on its in-band FEC by them, and it is the listeners who need it. The count of lost packets stays the
    /// uplink's own, as rate control goes by it.
    /// </summary>
    /// <param name="fraction">In 1/256.</param>
    public void OnListenerLoss(byte fraction, Instant now)
    {
        _listenerLoss = fraction;
        _listenerLossUntil = now + ListenerLossLifetime;
    }

    /// <summary>A decoder wants the packets in their order and each once; one that comes late has a level that nobody needs any more.</summary>
    private AudioLevel? Measure(ReadOnlySpan<byte> payload, DropReason reason, Instant now)
    {
        if (payload.IsEmpty || reason != DropReason.None)
            return null;
        _meter ??= meters.Create();
        return _meter.Measure(payload, now);
    }

    private ArrivedPackets Count(in RtpPacket rtp, Instant now)
    {
        // A client whose answer names no SSRC is known by its first one; a new one is a new stream (RFC 3550 8.2).
        if (_statistics is null || _arrived is null || _statistics.Ssrc != rtp.Ssrc)
        {
            _statistics = new ReceiveStatistics(rtp.Ssrc, MediaConstants.ClockRate);
            _arrived = new ArrivedPackets();
            _missing?.Clear();
        }

        _statistics.OnPacket(rtp.SequenceNumber, rtp.Timestamp, now);
        _heardSinceReport = true;
        if (ReportDeadline == Instant.Never)
            ReportDeadline = now + ReportInterval;
        return _arrived;
    }

    private DropReason ReadPayload(RtpPacket rtp, out ReadOnlySpan<byte> payload, out RedReader red)
    {
        payload = rtp.Payload;
        red = default;
        if (rtp.PayloadType == _opus)
            return DropReason.None;
        if (rtp.PayloadType != _red)
            return DropReason.RtpUnknownPayloadType;

        DropReason reason = RedReader.TryRead(payload, out red);
        if (reason != DropReason.None)
            return reason;
        if (red.Primary.PayloadType != _opus)
            return DropReason.RtpUnknownPayloadType;
        payload = red.Primary.Payload;
        return DropReason.None;
    }

    /// <summary>Finds blocks that fill holes. Each one becomes a packet for every listener, so each one is paid for.</summary>
    /// <returns>Bit n is set for the block n + 1 before the primary one.</returns>
    private uint Recover(ArrivedPackets arrived, RedReader red, long index, uint timestamp, Instant now)
    {
        uint recovered = 0;
        int distance = red.RedundantCount;
        foreach (RedBlock block in red)
        {
            if (distance is > 0 and <= MaxRedDistance
                && arrived.IsMissing(index - distance)
                && block.PayloadType == _opus
                && !block.Payload.IsEmpty
                && _budget.TrySpend(now)
                && arrived.TryRecover(index - distance, timestamp - block.TimestampOffset))
            {
                recovered |= 1u << (distance - 1);
                _missing?.OnArrival(index - distance, now);
            }

            distance--;
        }

        return recovered;
    }

    /// <summary>Takes note of what a packet shows to be missing before it.</summary>
    /// <param name="highest">The highest index until then.</param>
    private void NoteMissing(ArrivedPackets arrived, long highest, long index, ReadOnlySpan<byte> payload, Instant now)
    {
        Instant before = _arrivedAt;
        _arrivedAt = now;
        if (_missing is null || highest < 0)
            return;

        // A pause and a loss look alike from behind: the lost ones are taken for those that came last before this one.
        TimeSpan length = payload.IsEmpty ? TimeSpan.Zero : MediaTime.SpanOf(OpusDuration.Of(payload));
        for (long lost = Math.Max(highest + 1, index - MissingPackets.Capacity); lost < index; lost++)
        {
            if (!arrived.IsMissing(lost))
                continue;
            Instant lostAt = now - (index - lost) * length;
            _missing.Add(lost, lostAt > before ? lostAt : before, now);
        }
    }
}
