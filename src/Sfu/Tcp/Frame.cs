using System.Buffers;
using System.Buffers.Binary;

namespace Sfu.Tcp;

/// <summary>Packets on a stream: 16 bits of length before each one (RFC 4571 2).</summary>
internal static class Frame
{
    /// <summary>Bytes before a packet.</summary>
    public const int PrefixLength = sizeof(ushort);

    /// <summary>Bytes of a packet; as much as a UDP datagram may have here.</summary>
    public const int MaxPacket = Net.ReceiveRing.DefaultDatagramLength;

    /// <summary>Takes the first frame off the buffer.</summary>
    /// <param name="buffer">Cut by what was taken; left alone unless a frame is complete.</param>
    /// <param name="packet">Empty for a null packet, which is to be ignored (RFC 4571 2).</param>
    public static FrameStatus TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> packet)
    {
        packet = default;
        if (buffer.Length < PrefixLength)
            return FrameStatus.Incomplete;

        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        int length = BinaryPrimitives.ReadUInt16BigEndian(prefix);
        if (length > MaxPacket)
            return FrameStatus.TooLong;
        if (buffer.Length < PrefixLength + length)
            return FrameStatus.Incomplete;

        packet = buffer.Slice(PrefixLength, length);
        buffer = buffer.Slice(PrefixLength + length);
        return FrameStatus.Complete;
    }
}
