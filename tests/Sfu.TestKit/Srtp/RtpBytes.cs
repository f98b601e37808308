using System.Buffers.Binary;

namespace Sfu.TestKit.Srtp;

/// <summary>RTP and RTCP packets as bytes, for tests that care for nothing but their being valid.</summary>
public static class RtpBytes
{
    public const int FixedHeaderLength = 12;

    /// <summary>Version 2, payload type 111, no CSRC, no extension.</summary>
    public static byte[] Header(uint ssrc, ushort sequence)
    {
        byte[] header = new byte[FixedHeaderLength];
        WriteHeader(header, ssrc, sequence);
        return header;
    }

    /// <inheritdoc cref="Header"/>
    public static void WriteHeader(Span<byte> header, uint ssrc, ushort sequence)
    {
        header[0] = 0x80;
        header[1] = 111;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], sequence * 960u);
        BinaryPrimitives.WriteUInt32BigEndian(header[8..], ssrc);
    }

    /// <summary>With any number of CSRCs, with or without a header extension, as <paramref name="random"/> has it.</summary>
    public static byte[] RandomHeader(Random random, uint ssrc, ushort sequence)
    {
        byte[] header = Header(ssrc, sequence);
        byte[] contributors = RandomBytes(random, 4 * random.Next(16));
        header[0] |= (byte)(contributors.Length / 4);
        if (random.Next(2) == 0) return [.. header, .. contributors];

        header[0] |= 0x10;
        byte words = (byte)random.Next(4);
        return [.. header, .. contributors, 0xbe, 0xde, 0, words, .. RandomBytes(random, 4 * words)];
    }

    /// <summary>A receiver report without blocks, then as many random words as asked for.</summary>
    public static byte[] Rtcp(Random random, uint ssrc, int words)
    {
        byte[] packet = [0x80, 201, 0, (byte)(1 + words), 0, 0, 0, 0, .. RandomBytes(random, 4 * words)];
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), ssrc);
        return packet;
    }

    public static byte[] RandomBytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
