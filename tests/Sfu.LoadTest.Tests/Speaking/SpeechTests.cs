using Sfu.LoadTest.Speaking;

namespace Sfu.LoadTest.Tests.Speaking;

public sealed class SpeechTests
{
    private const int CodeMask = 3;

    [Fact]
    public void The_speech_has_real_sizes()
    {
        Speech speech = Speech.Load();

        Assert.InRange(speech.MeanLength, 100, 110);
        Assert.InRange(speech.MaxLength, 110, 300);
        Assert.True(Enumerable.Range(0, 100).Select(n => speech.Template(0, (uint)n).Length).Distinct().Count() > 20);
    }

    [Fact]
    public void Every_packet_is_one_padded_frame_of_20_ms()
    {
        Speech speech = Speech.Load();

        for (uint number = 0; number < 700; number++)
        {
            byte[] packet = speech.Template(1, number);
            Assert.Equal(CodeMask, packet[0] & CodeMask);
            Assert.Equal(0x41, packet[1]); // RFC 6716 3.2.5: padding, no VBR, one frame.
            Assert.Equal(PacketMarker.Length, packet[2]);
        }
    }

    [Fact]
    public void A_marker_comes_back()
    {
        byte[] packet = MarkedOpus.Template([0x78, 1, 2, 3]);
        var marker = new PacketMarker(65_000, 3, 4_000_000_000, 1_700_000_000_123_456_789);
        marker.Write(packet.AsSpan(packet.Length - PacketMarker.Length));

        Assert.True(MarkedOpus.TryRead(packet, out PacketMarker read));

        Assert.Equal(marker, read);
        Assert.Equal([0x7B, 0x41, 16, 1, 2, 3], packet[..^PacketMarker.Length]);
        Assert.True(MarkedOpus.SameSpeech(packet, MarkedOpus.Template([0x78, 1, 2, 3])));
        Assert.False(MarkedOpus.SameSpeech(packet, MarkedOpus.Template([0x78, 1, 2, 4])));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0x7B, 0x41, 16 })]
    [InlineData(new byte[] { 0x78, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void What_is_not_marked_is_not_read(byte[] payload) => Assert.False(MarkedOpus.TryRead(payload, out _));

    [Fact]
    public void Several_frames_cannot_be_marked() => Assert.Throws<InvalidDataException>(() => MarkedOpus.Template([0x79, 1, 2]));
}
