using System.Buffers.Binary;
using Sfu.Diagnostics;

namespace Sfu.Rtcp;

/// <summary>BYE (RFC 3550 6.6): enumerates the SSRCs that leave.</summary>
public ref struct Goodbye
{
    private ReadOnlySpan<byte> _rest;

    private Goodbye(ReadOnlySpan<byte> ssrcs) => _rest = ssrcs;

    /// <summary>Valid after <see cref="MoveNext"/> returned true.</summary>
    public uint Current { get; private set; }

    /// <returns><see cref="DropReason.None"/>, or <see cref="DropReason.RtcpMalformed"/> for another type or too few bytes. The reason for leaving is not read.</returns>
    public static DropReason TryRead(RtcpPacket packet, out Goodbye goodbye)
    {
        goodbye = default;
        int length = packet.Count * RtcpOffsets.SsrcLength;
        if (packet.Type != RtcpType.Goodbye || packet.Body.Length < length)
            return DropReason.RtcpMalformed;
        goodbye = new Goodbye(packet.Body[..length]);
        return DropReason.None;
    }

    public readonly Goodbye GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;
        Current = BinaryPrimitives.ReadUInt32BigEndian(_rest);
        _rest = _rest[RtcpOffsets.SsrcLength..];
        return true;
    }
}
