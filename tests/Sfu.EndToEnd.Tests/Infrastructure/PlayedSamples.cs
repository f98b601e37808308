using System.Text.Json;

namespace Sfu.EndToEnd.Tests;

/// <summary>What the stream that somebody speaks in has played so far, as <c>getStats()</c> tells it.</summary>
internal sealed record PlayedSamples(long Received, long Concealed, long Packets, long Lost, long Nacks)
{
    private const string Script = """
        async () => {
          let loudest = { packetsReceived: -1 };
          for (const report of (await probe.connections.at(-1).getStats()).values())
            if (report.type === 'inbound-rtp' && report.packetsReceived > loudest.packetsReceived) loudest = report;
          const count = name => loudest[name] ?? 0;
          return {
            received: count('totalSamplesReceived'), concealed: count('concealedSamples') - count('silentConcealedSamples'),
            packets: count('packetsReceived'), lost: count('packetsLost'), nacks: count('nackCount'),
          };
        }
        """;

    public double ConcealedShare => Received == 0 ? 0 : (double)Concealed / Received;

    /// <summary>Of the packets, the share that had not come when the numbers were read.</summary>
    public double LostShare => Packets + Lost == 0 ? 0 : (double)Lost / (Packets + Lost);

    public static PlayedSamples operator -(PlayedSamples later, PlayedSamples earlier) => new(
        later.Received - earlier.Received,
        later.Concealed - earlier.Concealed,
        later.Packets - earlier.Packets,
        later.Lost - earlier.Lost,
        later.Nacks - earlier.Nacks);

    public static async Task<PlayedSamples> Of(Person listener)
    {
        JsonElement json = await listener.Page.EvaluateAsync<JsonElement>(Script);
        return new PlayedSamples(Value("received"), Value("concealed"), Value("packets"), Value("lost"), Value("nacks"));

        long Value(string name) => json.GetProperty(name).GetInt64();
    }
}
