using Sfu.Opus;
using Sfu.TestKit.Opus;

namespace Sfu.Tests.Opus;

public sealed class OpusFramesTests
{
    /// <summary>SILK, wideband, 20 ms.</summary>
    private const byte Toc = 9 << 3;

    [Fact]
    public void One_frame_is_all_that_follows()
    {
        Assert.Equal([[1, 2, 3]], Find(Toc, 1, 2, 3));
        Assert.Equal([[]], Find(Toc));
    }

    [Fact]
    public void Two_frames_of_equal_length_halve_what_follows()
    {
        Assert.Equal([[1, 2], [3, 4]], Find(Toc | 1, 1, 2, 3, 4));
        Assert.Empty(Find(Toc | 1, 1, 2, 3));
    }

    [Fact]
    public void Two_frames_of_different_length_state_the_first_ones()
    {
        Assert.Equal([[7], [8, 9]], Find(Toc | 2, 1, 7, 8, 9));
        Assert.Equal([[], [8, 9]], Find(Toc | 2, 0, 8, 9));
        Assert.Empty(Find(Toc | 2, 5, 7, 8, 9));
        Assert.Empty(Find(Toc | 2));

        byte[] frames = [.. Enumerable.Repeat((byte)5, 252 + 4), 6];
        byte[][] found = Find([Toc | 2, 252, 1, .. frames]);
        Assert.Equal([256, 1], found.Select(frame => frame.Length));
        Assert.Empty(Find(Toc | 2, 252));
    }

    [Fact]
    public void Many_frames_of_equal_length()
    {
        Assert.Equal([[1], [2], [3]], Find(Toc | 3, 3, 1, 2, 3));
        Assert.Empty(Find(Toc | 3, 3, 1, 2));
        Assert.Empty(Find(Toc | 3, 0, 1, 2));
        Assert.Empty(Find(Toc | 3, 49, 1, 2));
        Assert.Empty(Find(Toc | 3));
    }

    [Fact]
    public void Many_frames_of_different_length()
    {
        Assert.Equal([[1], [], [2, 3]], Find(Toc | 3, 0x80 | 3, 1, 0, 1, 2, 3));
        Assert.Empty(Find(Toc | 3, 0x80 | 3, 1, 9, 1, 2, 3));
        Assert.Empty(Find(Toc | 3, 0x80 | 3, 1));
    }

    [Fact]
    public void Padding_is_cut_off()
    {
        Assert.Equal([[1], [2]], Find(Toc | 3, 0x40 | 2, 3, 1, 2, 0, 0, 0));
        byte[] padding = new byte[254 + 1];
        Assert.Equal([[1], [2]], Find([Toc | 3, 0x40 | 2, 255, 1, 1, 2, .. padding]));
        Assert.Empty(Find(Toc | 3, 0x40 | 2, 9, 1, 2));
        Assert.Empty(Find(Toc | 3, 0x40 | 2, 255));
        Assert.Empty(Find(Toc | 3, 0x40 | 2));
    }

    [Theory]
    [InlineData(OpusMode.Silk, 60, 1)]
    [InlineData(OpusMode.Celt, 60, 3)]
    [InlineData(OpusMode.Hybrid, 40, 2)]
    public void Real_packets_have_the_frames_that_they_should(OpusMode mode, int milliseconds, int frames)
    {
        using var encoder = new OpusEncoder(mode);

        Assert.Equal(frames, Find(encoder.Encode(TestSignal.Speech(milliseconds))).Length);
    }

    [Fact]
    public void Whatever_comes_in_nothing_is_thrown_and_frames_lie_within_the_packet()
    {
        var random = new Random(1);
        Range[] frames = new Range[OpusFrames.Max];
        for (int i = 0; i < 100_000; i++)
        {
            byte[] packet = new byte[random.Next(1, 40)];
            random.NextBytes(packet);
            int count = OpusFrames.Find(packet, frames);
            foreach (Range frame in frames.AsSpan(0, count))
                _ = packet.AsSpan()[frame].Length;
            OpusVoiceFlags.Read(packet);
        }
    }

    private static byte[][] Find(params byte[] packet)
    {
        Range[] frames = new Range[OpusFrames.Max];
        return [.. frames.Take(OpusFrames.Find(packet, frames)).Select(frame => packet[frame])];
    }
}
