namespace Sfu.Rtcp;

/// <summary>One packet of a compound RTCP packet, known by its header only.</summary>
/// <param name="type">May be a value that <see cref="RtcpType"/> does not name.</param>
/// <param name="count">0..31: blocks, chunks or SSRCs; for feedback messages their format (RFC 4585 6.1).</param>
/// <param name="body">After the header, without padding.</param>
public readonly ref struct RtcpPacket(RtcpType type, byte count, ReadOnlySpan<byte> body)
{
    public RtcpType Type { get; } = type;

    public byte Count { get; } = count;

    public ReadOnlySpan<byte> Body { get; } = body;
}
