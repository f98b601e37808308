using System.Text.Json;
using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>What one slot's track played in a browser during a recording.</summary>
/// <param name="Samples">48 kHz, -1..1.</param>
/// <param name="Csrcs">Every contributing source that <c>getContributingSources()</c> named meanwhile.</param>
/// <param name="ReceivedSamples">Samples that left the jitter buffer.</param>
/// <param name="ConcealedSamples">Those among them that the receiver had to make up, silence aside.</param>
/// <param name="PacketsReceived">During the recording.</param>
/// <param name="PacketsLost">During the recording; may be negative for late arrivals.</param>
internal sealed record HeardSlot(
    float[] Samples, IReadOnlyList<uint> Csrcs, long ReceivedSamples, long ConcealedSamples, long PacketsReceived, long PacketsLost)
{
    /// <summary>Another speaker's words stay below 0.65 (<see cref="SpectrogramTests"/>).</summary>
    private const double SameSpeech = 0.75;

    /// <summary>Of all samples played; what a listener would call a clean line.</summary>
    private const double MostConcealed = 0.02;

    public double ConcealedShare => ReceivedSamples == 0 ? 0 : (double)ConcealedSamples / ReceivedSamples;

    public double LikenessTo(Speech speech) => new Spectrogram(Samples).LikenessTo(new Spectrogram(speech.Samples));

    /// <summary>Fails unless this is that speech, as clean as on a good line.</summary>
    public void ShouldBe(Speech speech)
    {
        double likeness = LikenessTo(speech);
        string account = $"Likeness {likeness:F2} (at least {SameSpeech}), concealed {ConcealedShare:P2} (at most {MostConcealed:P0}); "
            + $"{Samples.Length / (double)Wav.SampleRate:F1} s recorded, {PacketsReceived} packets received, {PacketsLost} lost.";
        TestContext.Current.TestOutputHelper?.WriteLine(account);
        Assert.True(likeness >= SameSpeech && ConcealedShare <= MostConcealed, account);
    }

    /// <summary>As <see cref="ShouldBe"/>, for what a client recorded that tells nothing of its buffers.</summary>
    public static void ShouldSoundLike(float[] samples, Speech speech)
    {
        double likeness = new Spectrogram(samples).LikenessTo(new Spectrogram(speech.Samples));
        string account = $"Likeness {likeness:F2} (at least {SameSpeech}); {samples.Length / (double)Wav.SampleRate:F1} s recorded.";
        TestContext.Current.TestOutputHelper?.WriteLine(account);
        Assert.True(likeness >= SameSpeech, account);
    }

    public static HeardSlot Read(JsonElement json) => new(
        Wav.FromPcm(Convert.FromBase64String(json.GetProperty("pcm").GetString()!)),
        [.. json.GetProperty("csrcs").EnumerateArray().Select(c => c.GetUInt32())],
        json.GetProperty("received").GetInt64(),
        json.GetProperty("concealed").GetInt64(),
        json.GetProperty("packets").GetInt64(),
        json.GetProperty("lost").GetInt64());
}
