using System.Buffers.Binary;

namespace Sfu.Rtcp;

/// <summary>Writes a compound RTCP packet into a buffer (RFC 3550 6.1), one packet after the other.</summary>
/// <remarks>A packet that does not fit is not written at all, and what was written before stays good. Reports come first in a compound packet.</remarks>
public ref struct RtcpWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _buffer[..Length];

    /// <param name="ntpTimestamp">Seconds since 1900 in the upper half, the fraction in the lower.</param>
    /// <param name="rtpTimestamp">The same moment on the stream's clock.</param>
    /// <param name="packetCount">Of the stream, since its start.</param>
    /// <param name="octetCount">Payload bytes since the start, without headers and padding.</param>
    /// <param name="blocks">At most 31.</param>
    public bool TryWriteSenderReport(
        uint ssrc, ulong ntpTimestamp, uint rtpTimestamp, uint packetCount, uint octetCount, params ReadOnlySpan<ReportBlock> blocks)
    {
        if (!TryReserve(RtcpType.SenderReport, blocks.Length, SenderReport.InfoLength + blocks.Length * ReportBlock.Length, out Span<byte> body))
            return false;

        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(body[SenderReport.NtpOffset..], ntpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(body[SenderReport.RtpTimestampOffset..], rtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(body[SenderReport.PacketCountOffset..], packetCount);
        BinaryPrimitives.WriteUInt32BigEndian(body[SenderReport.OctetCountOffset..], octetCount);
        WriteBlocks(body[SenderReport.InfoLength..], blocks);
        return true;
    }

    /// <param name="ssrc">Of the one who reports.</param>
    /// <param name="blocks">At most 31; none is good as well, since a compound packet starts with a report.</param>
    public bool TryWriteReceiverReport(uint ssrc, params ReadOnlySpan<ReportBlock> blocks)
    {
        if (!TryReserve(RtcpType.ReceiverReport, blocks.Length, RtcpOffsets.SsrcLength + blocks.Length * ReportBlock.Length, out Span<byte> body))
            return false;

        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        WriteBlocks(body[RtcpOffsets.SsrcLength..], blocks);
        return true;
    }

    /// <summary>SDES with one chunk that holds a CNAME only.</summary>
    /// <param name="cname">UTF-8, at most 255 bytes.</param>
    public bool TryWriteCname(uint ssrc, ReadOnlySpan<byte> cname)
    {
        int used = RtcpOffsets.SsrcLength + SdesChunk.ItemHeaderLength + cname.Length;
        int length = (used / RtcpOffsets.WordLength + 1) * RtcpOffsets.WordLength;
        if (cname.Length > byte.MaxValue || !TryReserve(RtcpType.SourceDescription, 1, length, out Span<byte> body))
            return false;

        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        body[RtcpOffsets.SsrcLength] = SdesChunk.CnameItem;
        body[RtcpOffsets.SsrcLength + 1] = (byte)cname.Length;
        cname.CopyTo(body[(RtcpOffsets.SsrcLength + SdesChunk.ItemHeaderLength)..]);
        body[used..].Clear();
        return true;
    }

    /// <param name="ssrcs">At most 31.</param>
    public bool TryWriteGoodbye(params ReadOnlySpan<uint> ssrcs)
    {
        if (!TryReserve(RtcpType.Goodbye, ssrcs.Length, ssrcs.Length * RtcpOffsets.SsrcLength, out Span<byte> body))
            return false;

        for (int i = 0; i < ssrcs.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(body[(i * RtcpOffsets.SsrcLength)..], ssrcs[i]);
        return true;
    }

    /// <summary>A generic NACK (RFC 4585 6.2.1).</summary>
    /// <param name="senderSsrc">Of the one who misses packets.</param>
    /// <param name="mediaSsrc">Of the stream that lacks them.</param>
    /// <param name="sequenceNumbers">At least one; ascending, over the wrap too.</param>
    public bool TryWriteNack(uint senderSsrc, uint mediaSsrc, scoped ReadOnlySpan<ushort> sequenceNumbers)
    {
        int entries = 0;
        for (int i = 0; i < sequenceNumbers.Length; i += Nack.CountInEntry(sequenceNumbers[i..]))
            entries++;
        if (entries == 0 || !TryReserve(RtcpType.TransportFeedback, Nack.Format, Nack.PrefixLength + entries * Nack.EntryLength, out Span<byte> body))
            return false;

        BinaryPrimitives.WriteUInt32BigEndian(body, senderSsrc);
        BinaryPrimitives.WriteUInt32BigEndian(body[RtcpOffsets.SsrcLength..], mediaSsrc);
        body = body[Nack.PrefixLength..];
        while (!sequenceNumbers.IsEmpty)
        {
            int count = Nack.CountInEntry(sequenceNumbers);
            Nack.WriteEntry(body, sequenceNumbers[..count]);
            sequenceNumbers = sequenceNumbers[count..];
            body = body[Nack.EntryLength..];
        }

        return true;
    }

    private static void WriteBlocks(Span<byte> destination, ReadOnlySpan<ReportBlock> blocks)
    {
        for (int i = 0; i < blocks.Length; i++)
            blocks[i].Write(destination[(i * ReportBlock.Length)..]);
    }

    private bool TryReserve(RtcpType type, int count, int bodyLength, out Span<byte> body)
    {
        body = default;
        int length = RtcpOffsets.HeaderLength + bodyLength;
        if (count > RtcpOffsets.MaxCount || length > _buffer.Length - Length)
            return false;

        Span<byte> packet = _buffer.Slice(Length, length);
        packet[RtcpOffsets.Flags] = (byte)(RtcpOffsets.Version << RtcpOffsets.VersionShift | count);
        packet[RtcpOffsets.PacketType] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(packet[RtcpOffsets.Length..], (ushort)(length / RtcpOffsets.WordLength - 1));
        body = packet[RtcpOffsets.HeaderLength..];
        Length += length;
        return true;
    }
}
