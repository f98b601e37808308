using System.Buffers.Binary;
using Sfu.Diagnostics;

namespace Sfu.Rtcp;

/// <summary>SR (RFC 3550 6.4.1).</summary>
public readonly ref struct SenderReport
{
    /// <summary>Bytes of SSRC and sender information, after the header and before the blocks.</summary>
    internal const int InfoLength = 24;

    internal const int NtpOffset = 4;
    internal const int RtpTimestampOffset = 12;
    internal const int PacketCountOffset = 16;
    internal const int OctetCountOffset = 20;

    private readonly ReadOnlySpan<byte> _blocks;

    private SenderReport(ReadOnlySpan<byte> body, int blocks)
    {
        Ssrc = BinaryPrimitives.ReadUInt32BigEndian(body);
        NtpTimestamp = BinaryPrimitives.ReadUInt64BigEndian(body[NtpOffset..]);
        RtpTimestamp = BinaryPrimitives.ReadUInt32BigEndian(body[RtpTimestampOffset..]);
        PacketCount = BinaryPrimitives.ReadUInt32BigEndian(body[PacketCountOffset..]);
        OctetCount = BinaryPrimitives.ReadUInt32BigEndian(body[OctetCountOffset..]);
        _blocks = body.Slice(InfoLength, blocks * ReportBlock.Length);
    }

    public uint Ssrc { get; }

    /// <summary>Seconds since 1900 in the upper half, the fraction in the lower.</summary>
    public ulong NtpTimestamp { get; }

    /// <summary>The same moment as <see cref="NtpTimestamp"/> on the stream's own clock.</summary>
    public uint RtpTimestamp { get; }

    public uint PacketCount { get; }

    /// <summary>Payload bytes, without headers and padding.</summary>
    public uint OctetCount { get; }

    public ReportBlockReader Blocks => new(_blocks);

    /// <returns><see cref="DropReason.None"/>, or <see cref="DropReason.RtcpMalformed"/> for another type or too few bytes.</returns>
    public static DropReason TryRead(RtcpPacket packet, out SenderReport report)
    {
        report = default;
        if (packet.Type != RtcpType.SenderReport || packet.Body.Length < InfoLength + packet.Count * ReportBlock.Length)
            return DropReason.RtcpMalformed;
        report = new SenderReport(packet.Body, packet.Count);
        return DropReason.None;
    }
}
