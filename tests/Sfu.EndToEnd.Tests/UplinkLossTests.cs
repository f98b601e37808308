using System.Globalization;
using System.Text.RegularExpressions;
using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>A speaker's Chromium on a line that loses packets on the way up: what a listener with a good one is left with.</summary>
public sealed partial class UplinkLossTests(ITestOutputHelper output) : BrowserTest
{
    private const int Percent = 20;

    private static readonly TimeSpan Excerpt = TimeSpan.FromSeconds(8);

    /// <summary>Chromium sends RED where it stands first in the m-line of the microphone, as it does in our offers.</summary>
    private const string SendsNoRed = """
        (() => {
          const original = RTCPeerConnection.prototype.setRemoteDescription;
          RTCPeerConnection.prototype.setRemoteDescription = function (description) {
            return original.call(this, { type: description.type, sdp: description.sdp.replace('SAVPF 63 111', 'SAVPF 111 63') });
          };
        })();
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_lost_comes_from_red_or_is_sent_again_when_it_is_asked_for(bool red)
    {
        NetworkNamespace network = await OwnNetwork();
        await using SfuServer server = await SfuServer.Start(network, "Sfu:Media:Workers=1", "Sfu:Media:BindAddresses:0=127.0.0.1");
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value, script: red ? null : SendsNoRed);
        Person listener = await Enter(server, "lobby", "Lee");
        await ann.TakeStage();
        await listener.WhoSpeaks();

        await network.LoseTowards(server.MediaPort, Percent);
        PlayedSamples before = await PlayedSamples.Of(listener);
        await Task.Delay(Excerpt, TestContext.Current.CancellationToken);
        PlayedSamples heard = await PlayedSamples.Of(listener) - before;

        string metrics = await listener.Page.EvaluateAsync<string>("async () => (await fetch('/metrics')).text()");
        long recovered = Counter(metrics, "recovered");
        long asked = Counter(metrics, "asked");
        long answered = Counter(metrics, "answered");
        output.WriteLine($"RED {red}: {heard}; recovered {recovered}, asked for {asked}, sent again {answered}");
        Assert.Equal(red, recovered > 0);
        Assert.InRange(answered, 1, asked);
        Assert.InRange(heard.LostShare, 0, Percent / 100.0 / 3);
    }

    private static long Counter(string metrics, string name) =>
        CounterLine().Matches(metrics).Where(m => m.Groups[1].Value == name).Sum(m => long.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^sfu_(\w+)_packets_total\{worker=""0""\} (\d+)", RegexOptions.Multiline)]
    private static partial Regex CounterLine();
}
