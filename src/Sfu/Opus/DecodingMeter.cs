using Sfu.Rtp;
using Sfu.Time;

namespace Sfu.Opus;

/// <summary>Measures levels of decoded audio, as RFC 6464 defines them; guesses what the worker's budget leaves undecoded.</summary>
internal sealed class DecodingMeter(IOpusDecoder decoder, LevelMeters meters) : ILevelMeter
{
    /// <summary>-dBov: what is quieter is no voice, whatever the encoder says. CELT says nothing.</summary>
    private const byte QuietestVoice = 60;

    private const double FullScale = 32_768;

    private readonly HeaderMeter _guess = new();

    public AudioLevel Measure(ReadOnlySpan<byte> packet, Instant now)
    {
        AudioLevel guess = _guess.Measure(packet, now);
        if (packet.IsEmpty || OpusVoiceFlags.IsDtx(packet) || !meters.TrySpendDecode(now))
            return guess;

        Span<short> samples = stackalloc short[OpusDecoder.MaxSamples];
        int count = decoder.Decode(packet, samples);
        if (count < 1)
            return guess;
        byte level = LevelOf(samples[..count]);
        return new AudioLevel(level, Voice: level < QuietestVoice && OpusVoiceFlags.Read(packet) != OpusVoice.Inactive);
    }

    public void Dispose() => decoder.Dispose();

    private static byte LevelOf(ReadOnlySpan<short> samples)
    {
        long energy = 0;
        foreach (short sample in samples)
            energy += sample * sample;
        double rms = Math.Sqrt((double)energy / samples.Length) / FullScale;
        return rms == 0 ? AudioLevel.Silence.Level : (byte)Math.Clamp(Math.Round(-20 * Math.Log10(rms)), 0, AudioLevel.Silence.Level);
    }
}
