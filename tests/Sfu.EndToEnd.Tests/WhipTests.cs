using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>Publishers and players that are not ours: aiortc, and a browser without our client.</summary>
public sealed class WhipTests : BrowserTest
{
    private const string Room = "lobby";
    private static readonly TimeSpan Excerpt = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Aiortc_is_heard_by_our_page_by_aiortc_and_by_a_bare_browser_on_one_line_until_DELETE()
    {
        Requirements.Aiortc();
        await using SfuServer server = await SfuServer.Start();
        Person mara = await Enter(server, Room, "Mara");
        await using AiortcClient player = await AiortcClient.Listen(new Uri(server.Page, $"/whep/{Room}"), await server.Token(Room, "player", "audience"));
        WhepPlayer browser = await Play(server, lines: 1, opus: 100);
        await using AiortcClient encoder = await AiortcClient.Publish(new Uri(server.Page, "/whip"), await server.Token(Room, "encoder", "speaker"), Speech.Ann.Value);

        Assert.Equal(["encoder"], await mara.WhoSpeaks());
        IReadOnlyList<HeardSlot>[] heard = await Task.WhenAll(mara.Listen(Excerpt), browser.Listen(Excerpt));

        Assert.Single(heard[0], slot => slot.PacketsReceived > 0).ShouldBe(Speech.Ann.Value);
        HeardSlot line = Assert.Single(heard[1]);
        line.ShouldBe(Speech.Ann.Value);
        Assert.Single(line.Csrcs);
        Assert.Equal(100, Assert.Single(await browser.PayloadTypes()));
        float[] recorded = player.Heard();
        HeardSlot.ShouldSoundLike(recorded[^Math.Min(recorded.Length, (int)Excerpt.TotalSeconds * Wav.SampleRate)..], Speech.Ann.Value);

        Assert.Equal(("deleted 200", "again 404"), await encoder.Delete());
        await mara.Sees(0);
        Assert.Equal(("deleted 200", "again 404"), await player.Delete());
        Assert.Equal((200, 404), (await browser.Delete(), await browser.Delete()));
    }

    [Fact]
    public async Task A_bare_browser_follows_the_dominant_speaker_on_one_line_hears_every_slot_on_three_and_restarts_ICE()
    {
        await using SfuServer server = await SfuServer.Start();
        Person ann = await Enter(server, Room, "Ann", Speech.Ann.Value);
        Person ben = await Enter(server, Room, "Ben", Speech.Ben.Value);
        WhepPlayer one = await Play(server, lines: 2, opus: 111);
        WhepPlayer three = await Play(server, lines: 3, opus: 109);
        await ann.TakeStage();
        Assert.Equal(["Ann"], await ben.WhoSpeaks());

        // Ben comes into the second slot, and stays there alone.
        await ben.TakeStage();
        await ben.Sees(2);
        IReadOnlyList<HeardSlot> both = await three.Listen(Moment);
        await ann.LeaveStage();
        await ben.Sees(1);
        // The one line changes over meanwhile.
        await one.Listen(Moment);
        IReadOnlyList<HeardSlot>[] heard = await Task.WhenAll(one.Listen(Excerpt), three.Listen(Excerpt));

        Assert.Equal((1, 3), (await one.Lines(), await three.Lines()));
        Assert.Equal(2, both.Count(slot => slot.PacketsReceived > 0));
        Assert.Single(heard[0]).ShouldBe(Speech.Ben.Value);
        HeardSlot slot = Assert.Single(heard[1], s => s.PacketsReceived > 0);
        slot.ShouldBe(Speech.Ben.Value);
        Assert.Same(slot, heard[1][1]);
        // Browsers remember a source for some seconds: Ann was on this line before.
        Assert.Contains(Assert.Single(slot.Csrcs), heard[0][0].Csrcs);
        Assert.All(await three.PayloadTypes(), payloadType => Assert.Equal(109, payloadType));

        Assert.Equal(200, await one.RestartIce());
        Assert.NotEqual(0, Assert.Single(await one.Listen(Moment)).PacketsReceived);
    }

    private async Task<WhepPlayer> Play(SfuServer server, int lines, int opus) =>
        await WhepPlayer.Listen(await ListenersBrowser(), server.Page, Room, await server.Token(Room, $"browser-{lines}-{opus}", "audience"), lines, opus);
}
