using System.Buffers.Binary;
using System.Numerics;
using Sfu.Diagnostics;

namespace Sfu.Rtcp;

/// <summary>A generic NACK (RFC 4585 6.2.1): enumerates the sequence numbers that are missed.</summary>
public ref struct Nack
{
    /// <summary>FMT of a generic NACK in a transport-layer feedback message.</summary>
    internal const byte Format = 1;

    /// <summary>The SSRCs of who reports and of the stream.</summary>
    internal const int PrefixLength = 2 * RtcpOffsets.SsrcLength;

    /// <summary>PID, a sequence number, and BLP, a bit for each of the 16 that follow it.</summary>
    internal const int EntryLength = 4;

    private const int MaskOffset = 2;
    private const int MaskBits = 16;

    private ReadOnlySpan<byte> _rest;
    private ushort _packetId;
    private uint _mask;

    private Nack(ReadOnlySpan<byte> body)
    {
        SenderSsrc = BinaryPrimitives.ReadUInt32BigEndian(body);
        MediaSsrc = BinaryPrimitives.ReadUInt32BigEndian(body[RtcpOffsets.SsrcLength..]);
        _rest = body[PrefixLength..];
    }

    /// <summary>Of the one who misses packets.</summary>
    public uint SenderSsrc { get; }

    /// <summary>Of the stream that lacks them.</summary>
    public uint MediaSsrc { get; }

    /// <summary>Valid after <see cref="MoveNext"/> returned true.</summary>
    public ushort Current { get; private set; }

    public static bool IsNack(RtcpPacket packet) => packet.Type == RtcpType.TransportFeedback && packet.Count == Format;

    /// <returns><see cref="DropReason.None"/>, or <see cref="DropReason.RtcpMalformed"/> for another type, a broken length or no entry.</returns>
    public static DropReason TryRead(RtcpPacket packet, out Nack nack)
    {
        nack = default;
        if (!IsNack(packet)
            || packet.Body.Length < PrefixLength + EntryLength
            || (packet.Body.Length - PrefixLength) % EntryLength != 0)
        {
            return DropReason.RtcpMalformed;
        }

        nack = new Nack(packet.Body);
        return DropReason.None;
    }

    public readonly Nack GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_mask == 0)
            return MoveToEntry();

        int step = BitOperations.TrailingZeroCount(_mask);
        _mask &= _mask - 1;
        Current = (ushort)(_packetId + 1 + step);
        return true;
    }

    /// <summary>How many of these one entry can name: the first, and those among the 16 that follow it.</summary>
    /// <param name="sequenceNumbers">At least one; ascending.</param>
    internal static int CountInEntry(ReadOnlySpan<ushort> sequenceNumbers)
    {
        int count = 1;
        while (count < sequenceNumbers.Length && (ushort)(sequenceNumbers[count] - sequenceNumbers[0]) <= MaskBits)
            count++;
        return count;
    }

    /// <param name="destination">At least <see cref="EntryLength"/> bytes.</param>
    /// <param name="sequenceNumbers">As many as <see cref="CountInEntry"/> says.</param>
    internal static void WriteEntry(Span<byte> destination, ReadOnlySpan<ushort> sequenceNumbers)
    {
        uint mask = 0;
        foreach (ushort number in sequenceNumbers[1..])
            mask |= 1u << (ushort)(number - sequenceNumbers[0] - 1);
        BinaryPrimitives.WriteUInt16BigEndian(destination, sequenceNumbers[0]);
        BinaryPrimitives.WriteUInt16BigEndian(destination[MaskOffset..], (ushort)mask);
    }

    private bool MoveToEntry()
    {
        if (_rest.IsEmpty)
            return false;
        _packetId = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        _mask = BinaryPrimitives.ReadUInt16BigEndian(_rest[MaskOffset..]);
        _rest = _rest[EntryLength..];
        Current = _packetId;
        return true;
    }
}
