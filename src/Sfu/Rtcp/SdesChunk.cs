using System.Buffers.Binary;

namespace Sfu.Rtcp;

/// <summary>What an SDES says about one source (RFC 3550 6.5); all items but the CNAME are passed over.</summary>
public readonly ref struct SdesChunk
{
    internal const byte EndItem = 0;
    internal const byte CnameItem = 1;

    /// <summary>Type and length of an item; the item that ends a chunk has no length.</summary>
    internal const int ItemHeaderLength = 2;

    private SdesChunk(uint ssrc, ReadOnlySpan<byte> cname)
    {
        Ssrc = ssrc;
        Cname = cname;
    }

    public uint Ssrc { get; }

    /// <summary>UTF-8; empty when the chunk has none.</summary>
    public ReadOnlySpan<byte> Cname { get; }

    /// <param name="source">From the chunk's first byte on.</param>
    /// <param name="length">Bytes of the chunk with the zeros that fill its last word.</param>
    internal static bool TryRead(ReadOnlySpan<byte> source, out SdesChunk chunk, out int length)
    {
        chunk = default;
        length = 0;
        if (source.Length < RtcpOffsets.SsrcLength)
            return false;

        ReadOnlySpan<byte> cname = default;
        int at = RtcpOffsets.SsrcLength;
        while (at < source.Length && source[at] != EndItem)
        {
            if (source.Length - at < ItemHeaderLength)
                return false;
            byte type = source[at];
            int itemLength = source[at + 1];
            at += ItemHeaderLength;
            if (itemLength > source.Length - at)
                return false;
            if (type == CnameItem)
                cname = source.Slice(at, itemLength);
            at += itemLength;
        }

        // At least one zero ends the items, and more fill the word.
        length = (at / RtcpOffsets.WordLength + 1) * RtcpOffsets.WordLength;
        if (length > source.Length)
            return false;
        chunk = new SdesChunk(BinaryPrimitives.ReadUInt32BigEndian(source), cname);
        return true;
    }
}
