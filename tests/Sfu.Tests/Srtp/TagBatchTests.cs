using Sfu.Srtp;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Srtp;

namespace Sfu.Tests.Srtp;

public class TagBatchTests
{
    private const int PacketLength = 200;
    private const int PayloadLength = 108;

    [Theory]
    [InlineData(TagLanesSource.One)]
    [InlineData(TagLanesSource.Eight)]
    [InlineData(TagLanesSource.Sixteen)]
    public void A_full_batch_completes_itself_and_no_other_does(TagLanesSource source)
    {
        TagBatch tags = source.Batch();
        using SrtpPair pair = new(SrtpProfile.AesCm128HmacSha1_80);
        byte[] packets = GC.AllocateArray<byte>((int)source * PacketLength, pinned: true);
        for (int i = 0; i < (int)source; i++)
        {
            Assert.Equal(i, tags.Count);
            Protect(pair, packets.AsSpan(i * PacketLength, PacketLength), i, tags);
        }

        Assert.Equal(0, tags.Count);
        for (int i = 0; i < (int)source; i++)
            Assert.Equal(pair.Protect(RtpBytes.Header(1, (ushort)i), new byte[PayloadLength], 0), Packet(pair, packets, i));
    }

    [Theory]
    [InlineData(TagLanesSource.Eight)]
    [InlineData(TagLanesSource.Sixteen)]
    public void A_partial_batch_of_any_size_is_completed_and_only_on_demand(TagLanesSource source)
    {
        TagBatch tags = source.Batch();
        using SrtpPair pair = new(SrtpProfile.AesCm128HmacSha1_80);
        byte[] packets = GC.AllocateArray<byte>((int)source * PacketLength, pinned: true);
        for (int count = 1; count < (int)source; count++)
        {
            packets.AsSpan().Clear();
            for (int i = 0; i < count; i++)
                Protect(pair, packets.AsSpan(i * PacketLength, PacketLength), i, tags);
            for (int i = 0; i < count; i++)
                Assert.Equal(new byte[TagBatch.TagLength], Packet(pair, packets, i)[^TagBatch.TagLength..]);

            tags.Complete();

            for (int i = 0; i < count; i++)
                Assert.Equal(pair.Protect(RtpBytes.Header(1, (ushort)i), new byte[PayloadLength], 0), Packet(pair, packets, i));
        }
    }

    [Theory]
    [InlineData(TagLanesSource.One)]
    [InlineData(TagLanesSource.Eight)]
    [InlineData(TagLanesSource.Sixteen)]
    public void A_packet_allocates_nothing(TagLanesSource source)
    {
        TagBatch tags = source.Batch();
        using SrtpPair pair = new(SrtpProfile.AesCm128HmacSha1_80);
        byte[] packets = GC.AllocateArray<byte>(16 * PacketLength, pinned: true);

        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 1_000; i++)
                Protect(pair, packets.AsSpan(i % 16 * PacketLength, PacketLength), i, tags);
            tags.Complete();
        }));
    }

    private static void Protect(SrtpPair pair, Span<byte> packet, int sequence, TagBatch tags)
    {
        Span<byte> payload = stackalloc byte[PayloadLength];
        payload.Clear();
        RtpBytes.WriteHeader(packet, 1, (ushort)sequence);
        ((IPacketProtector)pair.Sender).Protect(packet, RtpBytes.FixedHeaderLength, payload, 0, 0, tags);
    }

    private static byte[] Packet(SrtpPair pair, byte[] packets, int i) =>
        packets.AsSpan(i * PacketLength, RtpBytes.FixedHeaderLength + PayloadLength + pair.Sender.RtpOverhead).ToArray();
}
