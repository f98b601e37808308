using System.Buffers.Binary;
using Sfu.Diagnostics;

namespace Sfu.Rtcp;

/// <summary>RR (RFC 3550 6.4.2).</summary>
public readonly ref struct ReceiverReport
{
    private readonly ReadOnlySpan<byte> _blocks;

    private ReceiverReport(ReadOnlySpan<byte> body, int blocks)
    {
        Ssrc = BinaryPrimitives.ReadUInt32BigEndian(body);
        _blocks = body.Slice(RtcpOffsets.SsrcLength, blocks * ReportBlock.Length);
    }

    /// <summary>Of the one who reports.</summary>
    public uint Ssrc { get; }

    public ReportBlockReader Blocks => new(_blocks);

    /// <returns><see cref="DropReason.None"/>, or <see cref="DropReason.RtcpMalformed"/> for another type or too few bytes.</returns>
    public static DropReason TryRead(RtcpPacket packet, out ReceiverReport report)
    {
        report = default;
        if (packet.Type != RtcpType.ReceiverReport
            || packet.Body.Length < RtcpOffsets.SsrcLength + packet.Count * ReportBlock.Length)
        {
            return DropReason.RtcpMalformed;
        }

        report = new ReceiverReport(packet.Body, packet.Count);
        return DropReason.None;
    }
}
