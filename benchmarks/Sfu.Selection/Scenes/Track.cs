using Sfu.Selection.Audio;

namespace Sfu.Selection.Scenes;

/// <summary>What one microphone picks up, and where it is speech.</summary>
internal sealed class Track(int milliseconds)
{
    /// <summary>Milliseconds of the frames that labels are made of.</summary>
    public const int Frame = 10;

    /// <summary>dB below a turn's level where its sound counts as a pause.</summary>
    private const double Audible = 25;

    /// <summary>dB above what always sounds at the microphone from which on speech is heard.</summary>
    private const double AboveBackground = 6;

    public float[] Samples { get; } = new float[milliseconds * Pcm.SamplesPerMillisecond];

    /// <summary>By frames.</summary>
    public bool[] Speech { get; } = new bool[milliseconds / Frame];

    /// <summary>True when something else than speech is loud here.</summary>
    public bool Noisy { get; set; }

    /// <summary>Milliseconds of audio in a packet: 10, 20, 40 or 60.</summary>
    public int PacketInterval { get; set; } = 20;

    public bool Dtx { get; set; } = true;

    /// <summary>dB to full scale of what always sounds here.</summary>
    public double Background { get; private set; } = -100;

    /// <summary>Adds speech and labels its audible frames.</summary>
    /// <param name="level">dB to full scale, where it sounds.</param>
    public Turn Say(int member, float[] speech, double level, int at, bool backChannel)
    {
        float[] sound = Pcm.Normalise(speech, level);
        Pcm.Add(Samples, sound, at);
        double least = Math.Max(level - Audible, Background + AboveBackground);
        int first = -1;
        int last = -1;
        for (int i = 0; (i + 1) * Frame * Pcm.SamplesPerMillisecond <= sound.Length && at / Frame + i < Speech.Length; i++)
        {
            ReadOnlySpan<float> frame = sound.AsSpan(i * Frame * Pcm.SamplesPerMillisecond, Frame * Pcm.SamplesPerMillisecond);
            if (Pcm.Decibels(frame) < least)
                continue;
            last = at / Frame + i;
            first = first < 0 ? last : first;
            Speech[last] = true;
        }

        return new Turn(member, first * Frame, (last + 1) * Frame, backChannel);
    }

    public void AddNoise(float[] noise, double level, int at)
    {
        Noisy = true;
        Pcm.Add(Samples, Pcm.Normalise(noise, level), at);
    }

    /// <summary>What always sounds here; before anybody speaks, since labels depend on it.</summary>
    public void AddBackground(float[] noise, double level)
    {
        Background = Math.Max(Background, level);
        Pcm.Add(Samples, Pcm.Normalise(noise, level), 0);
    }
}
