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
    public double ConcealedShare => ReceivedSamples == 0 ? 0 : (double)ConcealedSamples / ReceivedSamples;

    public double LikenessTo(Speech speech) => new Spectrogram(Samples).LikenessTo(new Spectrogram(speech.Samples));

    public static HeardSlot Read(JsonElement json) => new(
        Wav.FromPcm(Convert.FromBase64String(json.GetProperty("pcm").GetString()!)),
        [.. json.GetProperty("csrcs").EnumerateArray().Select(c => c.GetUInt32())],
        json.GetProperty("received").GetInt64(),
        json.GetProperty("concealed").GetInt64(),
        json.GetProperty("packets").GetInt64(),
        json.GetProperty("lost").GetInt64());
}
