using Sfu.Diagnostics;
using Sfu.Rtcp;
using Sfu.Rtp;
using Sfu.Sdp;
using Sfu.Slots;
using Sfu.Time;

namespace Sfu.Peers;

/// <summary>The stream that a client sends: which packets belong to it, what is in them, and how well they arrive.</summary>
/// <remarks>One worker's thread.</remarks>
internal sealed class Microphone
{
    /// <summary>Often enough for a sender's rate control to follow; below the 5 s that RFC 3550 6.2 takes as a minimum for large groups.</summary>
    public static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    private ReceiveStatistics? _statistics;
    private byte _opus = MediaConstants.OpusPayloadType;
    private byte? _red = MediaConstants.RedPayloadType;
    private byte? _levelExtension;
    private uint? _negotiatedSsrc;
    private bool _heardSinceReport;
    private PacketBudget _budget;

    /// <summary>When a receiver report is due; <see cref="Instant.Never"/> while nothing arrives.</summary>
    public Instant ReportDeadline { get; private set; } = Instant.Never;

    public void Apply(Answer answer)
    {
        _opus = answer.OpusPayloadType;
        _red = answer.RedPayloadType;
        _levelExtension = answer.AudioLevelExtensionId;
        _negotiatedSsrc = answer.MicrophoneSsrc;
    }

    /// <param name="datagram">Header and payload, authenticated and decrypted.</param>
    /// <param name="index">Its SRTP packet index.</param>
    /// <param name="now">When it arrived.</param>
    /// <param name="packet">What to forward; its payload lies in <paramref name="datagram"/>.</param>
    public DropReason Read(ReadOnlySpan<byte> datagram, long index, Instant now, out SpeakerPacket packet)
    {
        packet = default;
        DropReason reason = RtpPacket.TryRead(datagram, out RtpPacket rtp);
        if (reason != DropReason.None)
            return reason;
        if (rtp.Ssrc != (_negotiatedSsrc ?? _statistics?.Ssrc ?? rtp.Ssrc))
            return DropReason.RtpUnknownSsrc;
        if (!_budget.TrySpend(now))
            return DropReason.RtpTooMany;

        Count(rtp, now);
        reason = ReadPayload(rtp, out ReadOnlySpan<byte> payload);
        if (reason != DropReason.None)
            return reason;

        packet = new SpeakerPacket
        {
            Ssrc = rtp.Ssrc,
            Index = index,
            Timestamp = rtp.Timestamp,
            Marker = rtp.Marker,
            Level = _levelExtension is { } id && rtp.TryGetAudioLevel(id, out AudioLevel level) ? level : null,
            Payload = payload,
        };
        return DropReason.None;
    }

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
        return true;
    }

    private void Count(in RtpPacket rtp, Instant now)
    {
        // A client whose answer names no SSRC is known by its first one; a new one is a new stream (RFC 3550 8.2).
        if (_statistics is null || _statistics.Ssrc != rtp.Ssrc)
            _statistics = new ReceiveStatistics(rtp.Ssrc, MediaConstants.ClockRate);
        _statistics.OnPacket(rtp.SequenceNumber, rtp.Timestamp, now);
        _heardSinceReport = true;
        if (ReportDeadline == Instant.Never)
            ReportDeadline = now + ReportInterval;
    }

    private DropReason ReadPayload(RtpPacket rtp, out ReadOnlySpan<byte> payload)
    {
        payload = rtp.Payload;
        if (rtp.PayloadType == _opus)
            return DropReason.None;
        if (rtp.PayloadType != _red)
            return DropReason.RtpUnknownPayloadType;

        DropReason reason = RedReader.TryRead(payload, out RedReader red);
        if (reason != DropReason.None)
            return reason;
        if (red.Primary.PayloadType != _opus)
            return DropReason.RtpUnknownPayloadType;
        payload = red.Primary.Payload;
        return DropReason.None;
    }
}
