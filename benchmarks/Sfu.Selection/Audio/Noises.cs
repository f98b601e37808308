using Sfu.TestKit.Fuzzing;

namespace Sfu.Selection.Audio;

/// <summary>Sounds that are no speech. Loudness is the caller's: see <see cref="Pcm.Normalise"/>.</summary>
internal static class Noises
{
    /// <summary>Steady, low-passed, and breathing a little, as fans do.</summary>
    public static float[] Fan(ref SplitMix random, int milliseconds)
    {
        float[] sound = new float[milliseconds * Pcm.SamplesPerMillisecond];
        float low = 0;
        for (int i = 0; i < sound.Length; i++)
        {
            low += 0.15f * (White(ref random) - low);
            double seconds = (double)i / Pcm.SampleRate;
            sound[i] = low * (float)(1 + 0.08 * Math.Sin(2 * Math.PI * 0.4 * seconds) + 0.3 * Math.Sin(2 * Math.PI * 100 * seconds) * 0.2);
        }

        return sound;
    }

    /// <summary>Words of three to nine keys, each going down and up, at the pace of somebody who writes minutes.</summary>
    public static float[] Keyboard(ref SplitMix random, int milliseconds)
    {
        float[] sound = new float[milliseconds * Pcm.SamplesPerMillisecond];
        for (int at = 200; at < milliseconds; at += 250 + random.Next(900))
        {
            for (int keys = 3 + random.Next(7); keys > 0 && at < milliseconds; keys--)
            {
                Pcm.Add(sound, Burst(ref random, 8 + random.Next(14), 0.6f + 0.4f * Unit(ref random)), at);
                Pcm.Add(sound, Burst(ref random, 5 + random.Next(8), 0.25f), at + 55 + random.Next(40));
                at += 90 + random.Next(120);
            }
        }

        return sound;
    }

    /// <summary>An explosive burst and a longer, darker tail.</summary>
    public static float[] Cough(ref SplitMix random)
    {
        int tail = 150 + random.Next(150);
        float[] sound = new float[(60 + tail) * Pcm.SamplesPerMillisecond];
        Pcm.Add(sound, Burst(ref random, 60, 0.9f), 0);
        float low = 0;
        for (int i = 40 * Pcm.SamplesPerMillisecond; i < sound.Length; i++)
        {
            low += 0.3f * (White(ref random) - low);
            sound[i] += low * 0.8f * (1 - (float)i / sound.Length);
        }

        return sound;
    }

    /// <summary>Chords of decaying tones with a beat, as from a loudspeaker in the room.</summary>
    public static float[] Music(ref SplitMix random, int milliseconds)
    {
        float[] sound = new float[milliseconds * Pcm.SamplesPerMillisecond];
        ReadOnlySpan<double> scale = [220, 247, 262, 294, 330, 349, 392, 440];
        for (int at = 0; at < milliseconds; at += 250)
        {
            for (int voice = 0; voice < 3; voice++)
                Tone(sound, at, scale[random.Next(scale.Length)] * (voice == 2 ? 2 : 1), 0.25f);
            if (at % 500 == 0)
                Pcm.Add(sound, Burst(ref random, 60, 0.5f), at);
        }

        return sound;
    }

    private static void Tone(float[] sound, int at, double hertz, float amplitude)
    {
        const int length = 900 * Pcm.SamplesPerMillisecond;
        int start = at * Pcm.SamplesPerMillisecond;
        for (int i = 0; i < length && start + i < sound.Length; i++)
        {
            double seconds = (double)i / Pcm.SampleRate;
            double wave = Math.Sin(2 * Math.PI * hertz * seconds) + 0.4 * Math.Sin(4 * Math.PI * hertz * seconds);
            sound[start + i] += amplitude * (float)(wave * Math.Exp(-3 * seconds) * Math.Min(1, seconds / 0.005));
        }
    }

    private static float[] Burst(ref SplitMix random, int milliseconds, float amplitude)
    {
        float[] sound = new float[milliseconds * Pcm.SamplesPerMillisecond];
        for (int i = 0; i < sound.Length; i++)
            sound[i] = amplitude * White(ref random) * (float)Math.Exp(-4.0 * i / sound.Length);
        return sound;
    }

    private static float White(ref SplitMix random) => 2 * Unit(ref random) - 1;

    private static float Unit(ref SplitMix random) => (random.Next() >> 40) / (float)(1 << 24);
}
