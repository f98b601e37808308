using Sfu.Slots;
using Sfu.TestKit.Rtp;

namespace Sfu.Microbenchmarks.Support;

/// <summary>A thousand packets of a browser's, no two alike.</summary>
internal static class IncomingPackets
{
    public const int Count = 1_000;

    public static byte[][] Plain() =>
        [.. Enumerable.Range(0, Count).Select(i => Builder(i).WithAudioLevel(1, (byte)(i % 128), i % 2 == 0).WithPayload(SlotPacket.Payload(i)).Build())];

    /// <summary>RED payloads with the packet before as the redundant block (RFC 2198).</summary>
    public static byte[][] Red() =>
        [.. Enumerable.Range(0, Count).Select(i => RtpBuilder.RedPayload(
            (MediaConstants.OpusPayloadType, 960, SlotPacket.Payload(i)),
            (MediaConstants.OpusPayloadType, 0, SlotPacket.Payload(i + 1))))];

    /// <summary>What a packet costs at the very least: its bytes are read and written once. The yardstick for work of a few nanoseconds.</summary>
    public static void Copy(byte[][] packets, byte[] destination)
    {
        foreach (byte[] packet in packets)
            packet.CopyTo(destination, 0);
    }

    private static RtpBuilder Builder(int i) => new()
    {
        SequenceNumber = (ushort)i,
        Timestamp = (uint)i * 960,
        Ssrc = 0x1234_0000u + (uint)i,
        Marker = i % 50 == 0,
    };
}
