using System.Buffers.Binary;

namespace Sfu.TestKit.Rtp;

/// <summary>A generic NACK (RFC 4585 6.2.1) for one packet, or for it and others of the 16 after it.</summary>
public static class NackBytes
{
    public const int Length = 16;

    /// <param name="ssrc">Of the stream.</param>
    /// <param name="following">Bit n: the packet n + 1 later is missed too.</param>
    public static byte[] Of(uint ssrc, ushort sequence, ushort following = 0)
    {
        byte[] packet = [0x81, 205, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(12), sequence);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(14), following);
        return packet;
    }
}
