using Sfu.Rtp;
using Sfu.Slots;

namespace Sfu.Microbenchmarks.Support;

/// <summary>The packet that every benchmark sends: a slot's 24-byte header and 108 bytes of Opus, 20 ms at 43 kbit/s.</summary>
internal static class SlotPacket
{
    public const int HeaderLength = RtpHeaderWriter.SlotHeaderLength;
    public const int PayloadLength = 108;
    public const int Length = HeaderLength + PayloadLength;
    public const uint Csrc = 7;

    /// <summary>CELT, fullband, 20 ms, one frame (RFC 6716 3.1).</summary>
    private const byte OneFrameOf20Ms = 31 << 3;

    private const uint PacketDuration = 960;

    public static readonly AudioLevel Level = new(30, Voice: true);

    public static uint Ssrc => MediaConstants.SlotSsrc(0);

    public static byte[] Payload(int seed = 0)
    {
        byte[] payload = new byte[PayloadLength];
        new Random(seed).NextBytes(payload);
        payload[0] = OneFrameOf20Ms;
        return payload;
    }

    public static byte[] Header(ushort sequenceNumber)
    {
        byte[] header = new byte[HeaderLength];
        RtpHeaderWriter.WriteSlot(
            header,
            marker: false,
            MediaConstants.OpusPayloadType,
            sequenceNumber,
            sequenceNumber * PacketDuration,
            Ssrc,
            Csrc,
            MediaConstants.AudioLevelExtensionId,
            Level);
        return header;
    }
}
