namespace Sfu.Selection.Audio;

/// <summary>Mono audio at 16 kHz, samples in -1..1: wideband is all that levels and voice detection need.</summary>
internal static class Pcm
{
    public const int SampleRate = 16_000;
    public const int SamplesPerMillisecond = SampleRate / 1_000;

    /// <summary>Of digital silence (RFC 6464 section 3).</summary>
    public const byte Silence = 127;

    /// <summary>Root mean square in dB to full scale; negative.</summary>
    public static double Decibels(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float sample in samples)
            sum += sample * sample;
        return 10 * Math.Log10(sum / Math.Max(1, samples.Length) + 1e-13);
    }

    /// <summary>-dBov as RFC 6464 wants it: over the whole packet, as browsers compute it.</summary>
    public static byte Level(ReadOnlySpan<float> samples) => (byte)Math.Clamp(Math.Round(-Decibels(samples)), 0, Silence);

    /// <summary>Brings a sound to a level that is measured where it sounds: pauses do not count.</summary>
    /// <param name="decibels">To full scale; negative.</param>
    public static float[] Normalise(ReadOnlySpan<float> samples, double decibels)
    {
        const int frame = 10 * SamplesPerMillisecond;
        double loudest = -130;
        for (int i = 0; i + frame <= samples.Length; i += frame)
            loudest = Math.Max(loudest, Decibels(samples.Slice(i, frame)));

        double sum = 0;
        int count = 0;
        for (int i = 0; i + frame <= samples.Length; i += frame)
        {
            double level = Decibels(samples.Slice(i, frame));
            if (level < loudest - 30)
                continue;
            sum += Math.Pow(10, level / 10);
            count++;
        }

        float gain = count == 0 ? 0 : (float)Math.Pow(10, (decibels - 10 * Math.Log10(sum / count)) / 20);
        float[] scaled = new float[samples.Length];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = Math.Clamp(samples[i] * gain, -1f, 1f);
        return scaled;
    }

    public static void Add(float[] track, ReadOnlySpan<float> sound, int atMilliseconds)
    {
        int start = atMilliseconds * SamplesPerMillisecond;
        for (int i = 0; i < sound.Length && start + i < track.Length; i++)
            track[start + i] = Math.Clamp(track[start + i] + sound[i], -1f, 1f);
    }
}
