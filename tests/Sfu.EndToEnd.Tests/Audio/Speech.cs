using System.Diagnostics;

namespace Sfu.EndToEnd.Tests.Audio;

/// <summary>Sentences spoken by espeak-ng, as 48 kHz mono files that Chromium can play as a microphone.</summary>
internal sealed class Speech
{
    private Speech(string path)
    {
        Path = path;
        Samples = Wav.Read(path);
    }

    public static readonly Lazy<Speech> Ann = new(() => Speak(
        "ann", "en-us+f3", 160,
        "Good evening and welcome to the harbour. Tonight we talk about seven ships, two lighthouses and one very patient seagull. Nobody knows where the fog came from."));

    public static readonly Lazy<Speech> Ben = new(() => Speak(
        "ben", "en-gb+m3", 150,
        "Bread needs flour, water, salt and time. Put the dough into a cold kitchen before midnight, and bake it when the street lamps go out. The crust will sing."));

    public static readonly Lazy<Speech> Cleo = new(() => Speak(
        "cleo", "en-us+f5", 180,
        "Every packet carries twenty milliseconds of somebody's voice. Lose three in a row and a syllable is gone; lose thirty and people begin to shout at each other."));

    public string Path { get; }

    /// <summary>In -1..1 at 48 kHz.</summary>
    public float[] Samples { get; }

    private static Speech Speak(string name, string voice, int wordsAMinute, string text)
    {
        string folder = Directory.CreateTempSubdirectory("sfu-speech-").FullName;
        string spoken = System.IO.Path.Combine(folder, $"{name}-spoken.wav");
        string path = System.IO.Path.Combine(folder, $"{name}.wav");
        Run("espeak-ng", "-v", voice, "-s", $"{wordsAMinute}", "-w", spoken, text);
        Run("sox", spoken, "-r", $"{Wav.SampleRate}", "-c", "1", "-b", "16", path, "norm", "-6", "pad", "0.1", "0.3");
        return new Speech(path);
    }

    private static void Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command} ended with {process.ExitCode}: {errors}");
    }
}
