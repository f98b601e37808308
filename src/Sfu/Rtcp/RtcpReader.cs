using System.Buffers.Binary;
using Sfu.Diagnostics;

namespace Sfu.Rtcp;

/// <summary>Enumerates the packets of a compound or reduced-size RTCP packet (RFC 3550 6.1, RFC 5506).</summary>
/// <remarks>The caller skips types that it does not know; their framing was checked like that of all others.</remarks>
public ref struct RtcpReader
{
    private ReadOnlySpan<byte> _rest;

    private RtcpReader(ReadOnlySpan<byte> compound) => _rest = compound;

    /// <summary>Valid after <see cref="MoveNext"/> returned true.</summary>
    public RtcpPacket Current { get; private set; }

    /// <summary>Checks versions, lengths and padding of all packets before anything is handed out (RFC 3550 A.2).</summary>
    /// <param name="compound">Decrypted, without SRTCP index and tag. Any type may come first (RFC 5506).</param>
    /// <param name="reader">Set when the result is <see cref="DropReason.None"/>; valid as long as <paramref name="compound"/> is.</param>
    /// <returns><see cref="DropReason.None"/> or <see cref="DropReason.RtcpMalformed"/>.</returns>
    public static DropReason TryRead(ReadOnlySpan<byte> compound, out RtcpReader reader)
    {
        reader = default;
        ReadOnlySpan<byte> rest = compound;
        do
        {
            if (!TryMeasure(rest, out int length, out int padding) || (padding > 0 && length != rest.Length))
                return DropReason.RtcpMalformed;
            rest = rest[length..];
        }
        while (!rest.IsEmpty);

        reader = new RtcpReader(compound);
        return DropReason.None;
    }

    public readonly RtcpReader GetEnumerator() => this;

    public bool MoveNext()
    {
        if (!TryMeasure(_rest, out int length, out int padding))
            return false;

        Current = new RtcpPacket(
            (RtcpType)_rest[RtcpOffsets.PacketType],
            (byte)(_rest[RtcpOffsets.Flags] & RtcpOffsets.CountMask),
            _rest[RtcpOffsets.HeaderLength..(length - padding)]);
        _rest = _rest[length..];
        return true;
    }

    /// <summary>Only the last packet may be padded, by whole words (RFC 3550 6.4.1).</summary>
    private static bool TryMeasure(ReadOnlySpan<byte> rest, out int length, out int padding)
    {
        length = 0;
        padding = 0;
        if (rest.Length < RtcpOffsets.HeaderLength || rest[RtcpOffsets.Flags] >> RtcpOffsets.VersionShift != RtcpOffsets.Version)
            return false;

        length = (BinaryPrimitives.ReadUInt16BigEndian(rest[RtcpOffsets.Length..]) + 1) * RtcpOffsets.WordLength;
        if (length > rest.Length)
            return false;
        if ((rest[RtcpOffsets.Flags] & RtcpOffsets.PaddingBit) == 0)
            return true;

        padding = rest[length - 1];
        return padding > 0 && padding % RtcpOffsets.WordLength == 0 && padding <= length - RtcpOffsets.HeaderLength;
    }
}
