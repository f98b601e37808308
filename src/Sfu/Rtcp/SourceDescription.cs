using Sfu.Diagnostics;

namespace Sfu.Rtcp;

/// <summary>SDES (RFC 3550 6.5): enumerates its chunks.</summary>
public ref struct SourceDescription
{
    private ReadOnlySpan<byte> _rest;
    private int _chunksLeft;

    private SourceDescription(ReadOnlySpan<byte> chunks, int count)
    {
        _rest = chunks;
        _chunksLeft = count;
    }

    /// <summary>Valid after <see cref="MoveNext"/> returned true.</summary>
    public SdesChunk Current { get; private set; }

    /// <summary>Checks all chunks before anything is handed out.</summary>
    /// <returns><see cref="DropReason.None"/>, or <see cref="DropReason.RtcpMalformed"/> for another type or a chunk that is cut off.</returns>
    public static DropReason TryRead(RtcpPacket packet, out SourceDescription description)
    {
        description = default;
        if (packet.Type != RtcpType.SourceDescription)
            return DropReason.RtcpMalformed;

        ReadOnlySpan<byte> rest = packet.Body;
        for (int i = 0; i < packet.Count; i++)
        {
            if (!SdesChunk.TryRead(rest, out _, out int length))
                return DropReason.RtcpMalformed;
            rest = rest[length..];
        }

        description = new SourceDescription(packet.Body, packet.Count);
        return DropReason.None;
    }

    public readonly SourceDescription GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_chunksLeft == 0 || !SdesChunk.TryRead(_rest, out SdesChunk chunk, out int length))
            return false;
        Current = chunk;
        _rest = _rest[length..];
        _chunksLeft--;
        return true;
    }
}
