using System.Buffers.Binary;
using Sfu.Diagnostics;
using Sfu.Rtcp;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.TestKit.Rtp;
using Sfu.Time;

namespace Sfu.TestKit.Workers;

/// <summary>A receiver of slots as browsers have them: plays each frame a fixed time after the first one, takes RED, reports, and asks for what it misses.</summary>
/// <param name="nack">Asks again.</param>
/// <param name="playout">Between the arrival of the first frame and its playing: the depth of the jitter buffer.</param>
internal sealed class SimulatedEar(bool nack, TimeSpan playout)
{
    private const int SamplesPerMillisecond = MediaConstants.ClockRate / 1_000;

    /// <summary>A packet that is missed for so long is lost and not late.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);
    private const int MostQuestions = 3;

    private readonly Dictionary<uint, ReceiveStatistics> _statistics = [];
    private readonly Dictionary<uint, long> _highest = [];
    private readonly Dictionary<(uint Ssrc, long Index), (Instant Next, int Asked)> _missing = [];
    private readonly Dictionary<uint, (Instant Arrival, uint Timestamp)> _first = [];
    private readonly Dictionary<uint, HashSet<uint>> _played = [];
    private Instant _reportAt = Instant.Never;

    /// <summary>Packets by their payload type.</summary>
    public Dictionary<int, int> PayloadTypes { get; } = [];

    /// <summary>Frames of a stream that were there in time, from any packet.</summary>
    /// <param name="from">RTP time.</param>
    public int Played(uint ssrc, uint from) => _played.TryGetValue(ssrc, out HashSet<uint>? frames) ? frames.Count(t => (int)(t - from) >= 0) : 0;

    public void Receive(in RtpPacket packet, long index, Instant now)
    {
        uint ssrc = packet.Ssrc;
        PayloadTypes[packet.PayloadType] = PayloadTypes.GetValueOrDefault(packet.PayloadType) + 1;
        if (ssrc >= MediaConstants.RtxSsrc(0))
        {
            ReceiveRtx(packet, ssrc - MediaConstants.RtxSsrc(0) + MediaConstants.SlotSsrc(0), now);
            return;
        }

        if (!_statistics.TryGetValue(ssrc, out ReceiveStatistics? statistics))
            _statistics[ssrc] = statistics = new ReceiveStatistics(ssrc, MediaConstants.ClockRate);
        statistics.OnPacket(packet.SequenceNumber, packet.Timestamp, now);
        if (_reportAt == Instant.Never)
            _reportAt = now + ReportInterval;
        Miss(ssrc, index, now);
        _first.TryAdd(ssrc, (now, packet.Timestamp));

        Play(ssrc, packet.Timestamp, packet.PayloadType == MediaConstants.RedPayloadType, packet.Payload, now);
    }

    public void ReceiveRtcp(ReadOnlySpan<byte> compound, Instant now)
    {
        if (RtcpReader.TryRead(compound, out RtcpReader reader) != DropReason.None)
            return;
        foreach (RtcpPacket packet in reader)
        {
            if (packet.Type == RtcpType.SenderReport
                && SenderReport.TryRead(packet, out SenderReport report) == DropReason.None
                && _statistics.TryGetValue(report.Ssrc, out ReceiveStatistics? statistics))
            {
                statistics.OnSenderReport(report.NtpTimestamp, now);
            }
        }
    }

    /// <summary>What is to be sent now: a report when one is due, and questions.</summary>
    /// <returns>0 for nothing.</returns>
    public int Write(Span<byte> buffer, Instant now)
    {
        var writer = new RtcpWriter(buffer);
        if (now >= _reportAt)
        {
            _reportAt = now + ReportInterval;
            writer.TryWriteReceiverReport(1, [.. _statistics.Values.Select(s => s.CreateReport(now))]);
        }

        int length = writer.Length;
        if (nack)
            length += Ask(buffer[length..], now);
        return length;
    }

    /// <summary>RFC 4588 section 4: the original sequence number, then the original payload.</summary>
    private void ReceiveRtx(in RtpPacket packet, uint original, Instant now)
    {
        ushort sequence = BinaryPrimitives.ReadUInt16BigEndian(packet.Payload);
        if (!_highest.TryGetValue(original, out long highest))
            return;
        _missing.Remove((original, highest + (short)(sequence - (ushort)highest)));
        Play(original, packet.Timestamp, packet.PayloadType == MediaConstants.RedRtxPayloadType, packet.Payload[2..], now);
    }

    private int Ask(Span<byte> buffer, Instant now)
    {
        int length = 0;
        foreach (((uint ssrc, long index), (Instant next, int asked)) in _missing.ToArray())
        {
            if (next > now || length + 16 > buffer.Length)
                continue;
            if (asked == MostQuestions)
            {
                _missing.Remove((ssrc, index));
                continue;
            }

            _missing[(ssrc, index)] = (now + AskAgain, asked + 1);
            NackBytes.Of(ssrc, (ushort)index).CopyTo(buffer[length..]);
            length += NackBytes.Length;
        }

        return length;
    }

    private void Miss(uint ssrc, long index, Instant now)
    {
        _missing.Remove((ssrc, index));
        if (!_highest.TryGetValue(ssrc, out long highest))
            highest = index - 1;
        for (long missing = highest + 1; missing < index; missing++)
            _missing[(ssrc, missing)] = (now + Patience, 0);
        _highest[ssrc] = Math.Max(highest, index);
    }

    private void Play(uint ssrc, uint timestamp, bool red, ReadOnlySpan<byte> payload, Instant now)
    {
        if (!red)
        {
            Play(ssrc, timestamp, now);
            return;
        }

        foreach ((_, int offset, _) in Rfc2198.Read(payload.ToArray()))
            Play(ssrc, timestamp - (uint)offset, now);
    }

    private void Play(uint ssrc, uint timestamp, Instant now)
    {
        (Instant arrival, uint first) = _first[ssrc];
        Instant due = arrival + playout + TimeSpan.FromMilliseconds((double)(int)(timestamp - first) / SamplesPerMillisecond);
        if (now > due)
            return;
        if (!_played.TryGetValue(ssrc, out HashSet<uint>? frames))
            _played[ssrc] = frames = [];
        frames.Add(timestamp);
    }
}
