using System.Buffers.Binary;
using System.Diagnostics;

namespace Sfu.Selection.Audio;

/// <summary>Somebody whom espeak-ng (Debian: espeak-ng) lets speak.</summary>
/// <param name="Name">As espeak-ng names voices and variants.</param>
/// <param name="WordsAMinute">80..450.</param>
/// <param name="Pitch">0..99.</param>
/// <param name="WordGap">Tens of milliseconds between words, as a person has who does not read aloud.</param>
internal sealed record Voice(string Name, int WordsAMinute, int Pitch, int WordGap)
{
    public static readonly IReadOnlyList<Voice> All =
    [
        new("en-us+f3", 165, 60, 2),
        new("en-gb+m3", 150, 40, 4),
        new("en-us+f5", 180, 70, 1),
        new("en-gb+m7", 140, 30, 5),
        new("en-us+m1", 175, 50, 2),
        new("en-gb+f2", 155, 80, 3),
        new("en-gb-scotland+m5", 160, 45, 3),
        new("en-us+f1", 190, 55, 1),
    ];

    /// <summary>At 16 kHz, from the first sound to the last.</summary>
    public float[] Say(string text)
    {
        var start = new ProcessStartInfo(
            "espeak-ng", ["-v", Name, "-s", $"{WordsAMinute}", "-p", $"{Pitch}", "-g", $"{WordGap}", "--stdout", text])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        var wav = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(wav);
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"espeak-ng ended with {process.ExitCode}: {errors}");
        return Trim(Resample(wav.GetBuffer().AsSpan(0, (int)wav.Length)));
    }

    /// <summary>Linear interpolation: what it adds above 8 kHz is far below speech.</summary>
    private static float[] Resample(ReadOnlySpan<byte> wav)
    {
        const int rateOffset = 24;
        int rate = BinaryPrimitives.ReadInt32LittleEndian(wav[rateOffset..]);
        ReadOnlySpan<byte> data = wav[(wav.IndexOf("data"u8) + 8)..];
        int count = data.Length / sizeof(short);
        float[] samples = new float[(int)((long)count * Pcm.SampleRate / rate)];
        for (int i = 0; i < samples.Length; i++)
        {
            double at = (double)i * rate / Pcm.SampleRate;
            int left = Math.Min((int)at, count - 2);
            float share = (float)(at - left);
            samples[i] = Sample(data, left) * (1 - share) + Sample(data, left + 1) * share;
        }

        return samples;
    }

    private static float Sample(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadInt16LittleEndian(data[(at * sizeof(short))..]) / 32_768f;

    private static float[] Trim(float[] samples)
    {
        const float quiet = 0.003f;
        int first = Array.FindIndex(samples, s => Math.Abs(s) > quiet);
        int last = Array.FindLastIndex(samples, s => Math.Abs(s) > quiet);
        return first < 0 ? [] : samples[first..(last + 1)];
    }
}
