namespace Sfu.TestKit.Opus;

/// <summary>Audio that encoders take for speech, and for a quiet room. Deterministic.</summary>
public static class TestSignal
{
    private const double Pitch = 140;

    /// <summary>Vowels with a syllable's rhythm: harmonics of a wandering pitch under two formants.</summary>
    /// <param name="milliseconds">Whole ones.</param>
    /// <param name="level">Of its loudest parts, in dBov.</param>
    public static float[] Speech(int milliseconds, double level = -20)
    {
        float[] samples = new float[milliseconds * OpusEncoder.SampleRate / 1_000];
        double phase = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double time = (double)i / OpusEncoder.SampleRate;
            double pitch = Pitch * (1 + 0.1 * Math.Sin(2 * Math.PI * 1.5 * time));
            phase += 2 * Math.PI * pitch / OpusEncoder.SampleRate;
            double sum = 0;
            for (int harmonic = 1; harmonic * pitch < 3_500; harmonic++)
                sum += Math.Sin(harmonic * phase) * (Formant(harmonic * pitch, 600, 150) + 0.4 * Formant(harmonic * pitch, 1_800, 300) + 0.02);
            double envelope = 0.55 + 0.45 * Math.Sin(2 * Math.PI * 4 * time);
            samples[i] = (float)(sum * envelope);
        }

        return Scale(samples, level);
    }

    /// <summary>White noise.</summary>
    /// <param name="level">Its RMS in dBov.</param>
    public static float[] Noise(int milliseconds, double level)
    {
        var random = new Random(1);
        float[] samples = new float[milliseconds * OpusEncoder.SampleRate / 1_000];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (float)(random.NextDouble() * 2 - 1);
        return Scale(samples, level);
    }

    /// <summary>RMS in dBov.</summary>
    public static double LevelOf(ReadOnlySpan<float> samples)
    {
        double energy = 0;
        foreach (float sample in samples)
            energy += sample * sample;
        return 10 * Math.Log10(energy / samples.Length);
    }

    private static double Formant(double frequency, double centre, double width) =>
        1 / (1 + Math.Pow((frequency - centre) / width, 2));

    private static float[] Scale(float[] samples, double level)
    {
        float gain = (float)Math.Pow(10, (level - LevelOf(samples)) / 20);
        for (int i = 0; i < samples.Length; i++)
            samples[i] *= gain;
        return samples;
    }
}
