using Sfu.TestKit.Opus;

namespace Sfu.Tests.Opus;

internal static class TestPackets
{
    /// <summary>Audio as packets of equal duration; all channels have the same.</summary>
    public static List<byte[]> Encode(OpusEncoder encoder, float[] mono, int milliseconds, int channels = 1)
    {
        int frame = milliseconds * OpusEncoder.SampleRate / 1_000;
        return [.. mono.Chunk(frame).Where(chunk => chunk.Length == frame).Select(chunk =>
            encoder.Encode([.. chunk.SelectMany(sample => Enumerable.Repeat(sample, channels))]))];
    }
}
