using Sfu.Diagnostics;
using Sfu.Rtp;
using Sfu.TestKit.Rtp;

namespace Sfu.Tests.Rtp;

public sealed class HeaderExtensionTests
{
    [Fact]
    public void The_one_byte_example_of_RFC_8285_is_read()
    {
        // RFC 8285 4.2, the second figure: ids 1, 2 and 3 with 1, 2 and 4 bytes, with padding between them.
        byte[] packet = new RtpBuilder()
            .WithRawExtension(0xBEDE, Convert.FromHexString("10AA21BBBB0000" + "33CCCCCCCC"))
            .Build();

        Assert.Equal("AA", Find(packet, 1));
        Assert.Equal("BBBB", Find(packet, 2));
        Assert.Equal("CCCCCCCC", Find(packet, 3));
        Assert.Null(Find(packet, 4));
    }

    [Fact]
    public void The_two_byte_example_of_RFC_8285_is_read()
    {
        // RFC 8285 4.3: id 1 without data, id 2 with one byte, padding, id 3 with four bytes.
        byte[] packet = new RtpBuilder()
            .WithRawExtension(0x1000, Convert.FromHexString("0100" + "0201BB" + "00" + "0304CCCCCCCC" + "0000" + "0000"))
            .Build();

        Assert.Equal("", Find(packet, 1));
        Assert.Equal("BB", Find(packet, 2));
        Assert.Equal("CCCCCCCC", Find(packet, 3));
        Assert.Null(Find(packet, 4));
    }

    [Fact]
    public void The_application_bits_of_the_two_byte_form_do_not_matter()
    {
        byte[] packet = new RtpBuilder().WithRawExtension(0x100A, 200, 2, 5, 6).Build();

        Assert.Equal("0506", Find(packet, 200));
    }

    [Fact]
    public void Id_15_of_the_one_byte_form_ends_the_elements()
    {
        byte[] packet = new RtpBuilder().WithRawExtension(0xBEDE, 0x10, 1, 0xF0, 9, 0x20, 2, 0, 0).Build();

        Assert.Equal("01", Find(packet, 1));
        Assert.Null(Find(packet, 15));
        Assert.Null(Find(packet, 2));
    }

    [Theory]
    [InlineData(0xBEDE, "1F000000")]
    [InlineData(0xBEDE, "00000011")]
    [InlineData(0x1000, "01FF0000")]
    [InlineData(0x1000, "00000001")]
    [InlineData(0x1000, "00000101")]
    public void An_element_that_is_cut_off_is_not_found_and_the_packet_stays_good(ushort profile, string words)
    {
        byte[] packet = new RtpBuilder()
            .WithRawExtension(profile, Convert.FromHexString(words))
            .WithPayload(1, 2, 3)
            .Build();

        Assert.Null(Find(packet, 1));
        Assert.Equal(DropReason.None, RtpPacket.TryRead(packet, out RtpPacket rtp));
        Assert.Equal(3, rtp.Payload.Length);
    }

    [Fact]
    public void Padding_is_no_element()
    {
        byte[] packet = new RtpBuilder().WithRawExtension(0xBEDE, 0, 0, 0, 0).Build();

        Assert.Null(Find(packet, 0));
    }

    [Fact]
    public void An_extension_of_another_profile_has_no_elements()
    {
        byte[] packet = new RtpBuilder().WithRawExtension(0xABCD, 0x10, 1, 0, 0).Build();

        Assert.Null(Find(packet, 1));
    }

    [Fact]
    public void A_packet_without_extensions_has_none()
    {
        byte[] packet = new RtpBuilder().WithPayload(0xBE, 0xDE, 0, 1, 0x10, 1, 0, 0).Build();

        Assert.Null(Find(packet, 1));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(127, false)]
    [InlineData(42, true)]
    public void The_audio_level_is_read_from_either_form(byte level, bool voice)
    {
        byte value = (byte)(level | (voice ? 0x80 : 0));
        byte[][] packets =
        [
            new RtpBuilder().WithOneByteExtension(4, 1, 2).WithAudioLevel(5, level, voice).Build(),
            new RtpBuilder().WithTwoByteExtension(4, 1, 2).WithTwoByteExtension(5, value).Build(),
        ];

        foreach (byte[] packet in packets)
        {
            RtpPacket.TryRead(packet, out RtpPacket rtp);
            Assert.True(rtp.TryGetAudioLevel(5, out AudioLevel read));
            Assert.Equal(new AudioLevel(level, voice), read);
            Assert.Equal(value, read.ToByte());
        }
    }

    [Fact]
    public void A_level_without_a_byte_is_no_level()
    {
        RtpPacket.TryRead(new RtpBuilder().WithTwoByteExtension(5).Build(), out RtpPacket rtp);

        Assert.False(rtp.TryGetAudioLevel(5, out _));
    }

    /// <summary>The element in hexadecimal, null when there is none.</summary>
    private static string? Find(byte[] packet, byte id)
    {
        Assert.Equal(DropReason.None, RtpPacket.TryRead(packet, out RtpPacket rtp));
        return rtp.TryGetExtension(id, out ReadOnlySpan<byte> data) ? Convert.ToHexString(data) : null;
    }
}
