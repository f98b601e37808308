using System.Diagnostics;

namespace Sfu.EndToEnd.Tests.Audio;

/// <summary>Texts spoken by espeak-ng, as 48 kHz mono files that Chromium can play as a microphone.</summary>
/// <remarks>Longer than a test lasts: where a file begins anew, Chromium shifts it by a fraction of a buffer.</remarks>
internal sealed class Speech
{
    private Speech(string path)
    {
        Path = path;
        Samples = Wav.Read(path);
    }

    public static readonly Lazy<Speech> Ann = new(() => Speak(
        "ann",
        "en-us+f3",
        160,
        """
        Good evening and welcome to the harbour. Tonight we talk about seven ships, two lighthouses and one very patient seagull.
        Nobody knows where the fog came from. It rolled over the breakwater on a Tuesday, without a word, and stayed for supper.
        The pilot boats went out in pairs, ringing their bells, and came back with stories that grew longer every night.
        Old Margaret, who keeps the northern light, says that she counted forty horns in a single hour, and not one of them in tune.
        When the wind finally turned, the whole town stood on the quay and cheered. The seagull, of course, took all the credit.
        Next week we shall hear from the man who painted the lifeboat green, and why the council asked him, politely, to stop.
        """));

    public static readonly Lazy<Speech> Ben = new(() => Speak(
        "ben",
        "en-gb+m3",
        150,
        """
        Bread needs flour, water, salt and time. Put the dough into a cold kitchen before midnight, and bake it when the street
        lamps go out. The crust will sing. If it does not, your oven was shy, and you should speak to it more firmly tomorrow.
        My grandfather weighed nothing. He pressed a thumb into the dough, looked out of the window and nodded, or did not nod.
        We children learned to read that nod before we learned to read the newspaper. A flat loaf was never thrown away; it became
        soup, or a doorstop, or a lesson. Rye is slow and honest. Wheat is quick and likes to be admired. Oats keep their own counsel.
        Whatever you choose, wash the bowl at once, because dried dough is stronger than most marriages and some bridges.
        """));

    public static readonly Lazy<Speech> Cleo = new(() => Speak(
        "cleo",
        "en-us+f5",
        180,
        """
        Every packet carries twenty milliseconds of somebody's voice. Lose three in a row and a syllable is gone; lose thirty and
        people begin to shout at each other. The trick is not to hurry. A small buffer waits, quietly, for the ones that took the
        scenic route, and puts them back in line as if nothing had happened. Most of the time nobody notices. That is the whole art.
        Engineers are proud of things that make noise: rockets, engines, fireworks. I am fond of the ones that make none at all.
        A good bridge hums a little in the frost. A good network does not even do that. It simply lets you finish your sentence,
        pause for breath, and hear your friend laugh at the right moment, four thousand kilometres away, in the middle of the night.
        """));

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
