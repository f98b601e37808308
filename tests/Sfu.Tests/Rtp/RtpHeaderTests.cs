using Sfu.Diagnostics;
using Sfu.Rtp;
using Sfu.TestKit.Rtp;

namespace Sfu.Tests.Rtp;

public sealed class RtpHeaderTests
{
    [Fact]
    public void The_fixed_header_is_read_field_by_field()
    {
        // V=2, no padding, no extension, no CSRC; M=1, PT=111; 0x8001; 0x11223344; 0xCAFEBABE.
        byte[] packet = Convert.FromHexString("80EF800111223344CAFEBABE" + "0102");

        Assert.Equal(DropReason.None, RtpHeader.TryRead(packet, out RtpHeader header));

        Assert.Equal(new RtpHeader(true, false, 111, 0x8001, 0x11223344, 0xCAFEBABE, 0, false, 12), header);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x40)]
    [InlineData(0xC0)]
    public void Another_version_is_malformed(byte first)
    {
        byte[] packet = new RtpBuilder().WithPayload(1, 2, 3).Build();
        packet[0] = first;

        Assert.Equal(DropReason.RtpMalformed, RtpHeader.TryRead(packet, out _));
    }

    [Fact]
    public void Every_cut_inside_the_header_is_malformed_and_the_whole_header_is_enough()
    {
        byte[] packet = new RtpBuilder().WithCsrcs(1, 2).WithAudioLevel(1, 30, true).Build();

        for (int length = 0; length < packet.Length; length++)
            Assert.Equal(DropReason.RtpMalformed, RtpHeader.TryRead(packet.AsSpan(0, length), out _));
        Assert.Equal(DropReason.None, RtpHeader.TryRead(packet, out RtpHeader header));
        Assert.Equal(12 + 8 + 8, header.Length);
    }

    [Fact]
    public void The_length_counts_csrcs_and_extension_but_neither_payload_nor_padding()
    {
        byte[] packet = new RtpBuilder()
            .WithCsrcs(Enumerable.Range(1, 15).Select(i => (uint)i))
            .WithTwoByteExtension(200, new byte[10])
            .WithPayload(new byte[50])
            .WithPadding(7)
            .Build();

        Assert.Equal(DropReason.None, RtpHeader.TryRead(packet, out RtpHeader header));

        Assert.Equal(12 + 60 + 4 + 12, header.Length);
        Assert.Equal(15, header.CsrcCount);
        Assert.True(header.HasPadding);
        Assert.True(header.HasExtension);
    }

    [Fact]
    public void Padding_is_not_judged_because_its_count_may_still_be_encrypted()
    {
        byte[] packet = new RtpBuilder().WithPayload(1, 2, 3).WithPadding(4).Build();
        packet[^1] = 0xFF;

        Assert.Equal(DropReason.None, RtpHeader.TryRead(packet, out _));
        Assert.Equal(DropReason.RtpMalformed, RtpPacket.TryRead(packet, out _));
    }
}
