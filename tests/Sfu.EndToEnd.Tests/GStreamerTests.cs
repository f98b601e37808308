using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>RTX and RED against a receiver that shares no code with the server.</summary>
public sealed class GStreamerTests(ITestOutputHelper output) : BrowserTest
{
    private const string Room = "lobby";
    private const string Address = "10.83.70.1";

    /// <summary>RED begins with the first report that tells of loss; GStreamer sends one every few seconds, and some get lost.</summary>
    private static readonly TimeSpan MostUntilRed = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Excerpt = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task GStreamer_puts_together_what_a_line_loses_from_RTX_and_RED()
    {
        Requirements.SoundTools();
        Requirements.Aiortc();
        Requirements.GStreamer();
        NetworkNamespace network = await OwnNetwork();
        await network.AddAddress(Address);
        // With one slot a single m-line is all of the room, and gets RED.
        await using SfuServer server = await SfuServer.Start(
            network, "Sfu:Media:Workers=1", "Sfu:Media:Slots=1", $"Sfu:Media:BindAddresses:0={Address}", SignedToken.Setting);
        await using GStreamerClient player = await GStreamerClient.Listen(
            network, new Uri(server.Page, $"/whep/{Room}"), SignedToken.Of(Room, "player", "audience"));
        await using AiortcClient encoder = await AiortcClient.Publish(
            new Uri(server.Page, "/whip"), SignedToken.Of(Room, "encoder", "speaker"), Speech.Ann.Value, network);

        await network.Lose(10, server.MediaPort);
        IReadOnlyDictionary<string, long> before = await WithRed(player);
        await Task.Delay(Span, TestContext.Current.CancellationToken);
        IReadOnlyDictionary<string, long> after = await player.Count();
        output.WriteLine(string.Join(", ", after.Select(pair => $"{pair.Key} {pair.Value}")));
        float[] heard = player.Heard();

        HeardSlot.ShouldSoundLike(heard[^(int)(Excerpt.TotalSeconds * Wav.SampleRate)..], Speech.Ann.Value);
        Assert.InRange(after["red-received"] - before["red-received"], 300, 550);
        // A tenth is lost on the way; what is found in later packets or was sent again is not.
        Assert.InRange(after["num-lost"] - before["num-lost"], 0, 30);
        // All of them found their way to the packet that they repeat, but for what comes in this moment.
        Assert.True(after["num-rtx-assoc-packets"] > 10);
        Assert.InRange(after["rtx-success-count"], after["num-rtx-assoc-packets"] * 0.8, after["num-rtx-assoc-packets"]);
    }

    private async Task<IReadOnlyDictionary<string, long>> WithRed(GStreamerClient player)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        ended.CancelAfter(MostUntilRed);
        while (true)
        {
            IReadOnlyDictionary<string, long> counted = await player.Count();
            output.WriteLine(string.Join(", ", counted.Select(pair => $"{pair.Key} {pair.Value}")));
            if (counted.GetValueOrDefault("red-received") > 0)
                return counted;
            await Task.Delay(Interval, ended.Token);
        }
    }
}
