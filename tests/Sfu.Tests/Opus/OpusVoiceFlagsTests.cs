using Sfu.Opus;
using Sfu.TestKit.Opus;

namespace Sfu.Tests.Opus;

/// <summary>On packets of libopus.</summary>
public sealed class OpusVoiceFlagsTests
{
    [Theory]
    [InlineData(OpusMode.Silk, 20, 1)]
    [InlineData(OpusMode.Silk, 10, 1)]
    [InlineData(OpusMode.Silk, 40, 1)]
    [InlineData(OpusMode.Silk, 60, 1)]
    [InlineData(OpusMode.Silk, 20, 2)]
    [InlineData(OpusMode.Silk, 60, 2)]
    [InlineData(OpusMode.Hybrid, 20, 1)]
    [InlineData(OpusMode.Hybrid, 10, 2)]
    [InlineData(OpusMode.Hybrid, 40, 1)]
    public void Speech_is_active_and_a_quiet_room_is_not(OpusMode mode, int milliseconds, int channels)
    {
        using var encoder = new OpusEncoder(mode, bitrate: 32_000 * channels, channels);
        List<OpusVoice> room = Encode(encoder, TestSignal.Noise(4_000, -75), milliseconds, channels);
        List<OpusVoice> speech = Encode(encoder, TestSignal.Speech(2_000), milliseconds, channels);

        // The encoder takes a moment to know the noise, and syllables have pauses.
        Assert.All(room[(room.Count / 2)..], voice => Assert.Equal(OpusVoice.Inactive, voice));
        Assert.InRange(speech.Count(voice => voice == OpusVoice.Active), speech.Count * 7 / 10, speech.Count);
    }

    [Fact]
    public void Music_modes_tell_nothing()
    {
        using var encoder = new OpusEncoder(OpusMode.Celt);

        Assert.All(Encode(encoder, TestSignal.Speech(500), 20, channels: 1), voice => Assert.Equal(OpusVoice.Unknown, voice));
    }

    [Fact]
    public void Silence_that_is_not_sent_is_inactive()
    {
        using var encoder = new OpusEncoder(OpusMode.Silk, bitrate: 16_000, dtx: true);
        List<byte[]> packets = TestPackets.Encode(encoder, new float[3 * OpusEncoder.SampleRate], 20);

        Assert.Contains(packets, packet => packet.Length <= 2);
        Assert.Equal(OpusVoice.Inactive, OpusVoiceFlags.Read(packets.First(packet => packet.Length <= 2)));
    }

    private static List<OpusVoice> Encode(OpusEncoder encoder, float[] mono, int milliseconds, int channels) =>
        [.. TestPackets.Encode(encoder, mono, milliseconds, channels).Select(packet => OpusVoiceFlags.Read(packet))];
}
