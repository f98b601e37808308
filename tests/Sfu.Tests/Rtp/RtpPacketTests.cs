using Sfu.Diagnostics;
using Sfu.Rtp;
using Sfu.TestKit.Rtp;

namespace Sfu.Tests.Rtp;

public sealed class RtpPacketTests
{
    [Fact]
    public void Fields_csrcs_and_payload_come_out_as_they_went_in()
    {
        byte[] packet = new RtpBuilder { Marker = true, PayloadType = 63, SequenceNumber = 65_535, Timestamp = 0xFFFF_FFFF, Ssrc = 7 }
            .WithCsrcs(0xAABBCCDD, 2)
            .WithPayload(9, 8, 7)
            .Build();

        Assert.Equal(DropReason.None, RtpPacket.TryRead(packet, out RtpPacket rtp));

        Assert.True(rtp.Marker);
        Assert.Equal(63, rtp.PayloadType);
        Assert.Equal(65_535, rtp.SequenceNumber);
        Assert.Equal(0xFFFF_FFFFu, rtp.Timestamp);
        Assert.Equal(7u, rtp.Ssrc);
        Assert.Equal(2, rtp.CsrcCount);
        Assert.Equal(0xAABBCCDDu, rtp.GetCsrc(0));
        Assert.Equal(2u, rtp.GetCsrc(1));
        Assert.Equal([9, 8, 7], rtp.Payload.ToArray());
        Assert.Equal(0, rtp.PaddingLength);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(255)]
    public void Padding_is_cut_off_the_payload(byte padding)
    {
        byte[] packet = new RtpBuilder().WithPayload(1, 2, 3).WithPadding(padding).Build();

        Assert.Equal(DropReason.None, RtpPacket.TryRead(packet, out RtpPacket rtp));

        Assert.Equal([1, 2, 3], rtp.Payload.ToArray());
        Assert.Equal(padding, rtp.PaddingLength);
    }

    [Fact]
    public void A_packet_of_padding_alone_has_an_empty_payload()
    {
        byte[] packet = new RtpBuilder().WithPadding(224).Build();

        Assert.Equal(DropReason.None, RtpPacket.TryRead(packet, out RtpPacket rtp));

        Assert.True(rtp.Payload.IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(255)]
    public void A_padding_count_of_zero_or_beyond_the_payload_is_malformed(byte count)
    {
        byte[] packet = new RtpBuilder().WithPayload(1, 2, 3).WithPadding(4).Build();
        packet[^1] = count;

        Assert.Equal(DropReason.RtpMalformed, RtpPacket.TryRead(packet, out _));
    }

    [Fact]
    public void The_padding_bit_without_a_byte_for_the_count_is_malformed()
    {
        byte[] packet = new RtpBuilder().WithCsrcs(1).Build();
        packet[0] |= 0x20;

        Assert.Equal(DropReason.RtpMalformed, RtpPacket.TryRead(packet, out _));
    }

    [Fact]
    public void A_csrc_that_is_not_there_is_not_read()
    {
        byte[] packet = new RtpBuilder().WithCsrcs(1).WithPayload(new byte[20]).Build();

        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            RtpPacket.TryRead(packet, out RtpPacket rtp);
            rtp.GetCsrc(1);
        });
    }
}
