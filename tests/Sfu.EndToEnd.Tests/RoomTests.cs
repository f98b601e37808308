using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>Rooms of all kinds, through the page.</summary>
public sealed class RoomTests : BrowserTest
{
    [Fact]
    public async Task A_silent_room_has_a_stage_and_messages_and_no_audio()
    {
        await using SfuServer server = await SfuServer.Start();
        await server.Open("""{"name":"study","title":"Quiet study","profile":"silent"}""");
        Person mara = await Come(server, "study", "Mara", role: "moderator");
        Person ben = await Come(server, "study", "Ben", role: "audience");
        await mara.Click("take-stage");
        await mara.Finds("leave-stage");
        await ben.RaiseHand("");
        await mara.Click("show-hands");
        await mara.Click("invite");
        await ben.Click("accept");
        await mara.Sees(2);
        await ben.Finds("leave-stage");
        await ben.Click("show-messages");

        await mara.Click("show-messages");
        await mara.Say("Is it quiet?");

        Assert.Contains("Is it quiet?", await ben.Reads("message"), StringComparison.Ordinal);
        Assert.Equal("Quiet study", await ben.Reads("room-name"));
        Assert.False(await ben.Page.GetByTestId("mute").IsVisibleAsync());
        Assert.Equal("connected", await ben.Page.GetByTestId("room-view").GetAttributeAsync("data-state"));
        Assert.Equal((0, 0), (await Connections(mara), await Connections(ben)));
        // The WebSocket is all that there is: it comes back, and the stage with it.
        await ben.Page.EvaluateAsync("() => probe.sockets.at(-1).close(4999)");
        await ben.Page.WaitForFunctionAsync("() => probe.sockets.length === 2 && document.querySelector('[data-testid=room-view]').dataset.state === 'connected'");
        await mara.Sees(2);
    }

    [Fact]
    public async Task A_music_room_is_heard_in_stereo()
    {
        await using SfuServer server = await SfuServer.Start();
        await server.Open("""{"name":"jazz","profile":"music"}""");
        Person ann = await Enter(server, "jazz", "Ann", Speech.Ann.Value);
        Person listener = await Enter(server, "jazz", "Lee");
        await ann.TakeStage();
        Assert.Equal(["Ann"], await listener.WhoSpeaks());

        HeardSlot heard = Assert.Single(await listener.Listen(TimeSpan.FromSeconds(5)), s => s.PacketsReceived > 0);

        heard.ShouldBe(Speech.Ann.Value);
        int[] channels = await listener.Page.EvaluateAsync<int[]>(
            """
            async () => {
              const codecs = [], inbound = [];
              for (const report of (await probe.connections[0].getStats()).values()) {
                if (report.type === 'codec') codecs.push(report);
                if (report.type === 'inbound-rtp' && report.packetsReceived > 0) inbound.push(report);
              }
              return inbound.map(i => /(^|;)stereo=1/.test(codecs.find(c => c.id === i.codecId).sdpFmtpLine) ? 2 : 1);
            }
            """);
        Assert.Equal([2], channels);
    }

    [Fact]
    public async Task Who_finds_the_room_full_waits_and_comes_in_when_a_place_is_free()
    {
        await using SfuServer server = await SfuServer.Start();
        await server.Open("""{"name":"small","title":"Small","maxAudience":1,"waitingList":true}""");
        Person lee = await Enter(server, "small", "Lee");
        Person mia = await Come(server, "small", "Mia");
        await mia.Finds("waiting-view");
        Person zoe = await Come(server, "small", "Zoe");
        Assert.Equal("You are the first in the queue", await mia.Reads("waiting-place"));
        Assert.Equal("You are number 2 in the queue", await zoe.Reads("waiting-place"));

        // A broken connection costs a place in the queue, and not the wait.
        await zoe.Page.EvaluateAsync("() => probe.sockets.at(-1).close(4999)");
        await zoe.Page.WaitForFunctionAsync("() => probe.sockets.length === 2 && probe.sockets[1].readyState === WebSocket.OPEN");
        Assert.Equal("You are number 2 in the queue", await zoe.Reads("waiting-place"));

        await lee.Click("leave");

        await mia.Finds("room-view");
        await mia.Connected();
        await zoe.Page.WaitForFunctionAsync("() => document.querySelector('[data-testid=waiting-place]').innerText === 'You are the first in the queue'");
        await zoe.Click("stop-waiting");
        await zoe.Finds("start-view");
    }

    [Fact]
    public async Task Who_comes_too_early_waits_until_the_doors_open()
    {
        await using SfuServer server = await SfuServer.Start();
        DateTimeOffset opensAt = TimeProvider.System.GetUtcNow().AddSeconds(12);
        await server.Open($$"""{"name":"later","opensAt":"{{opensAt:O}}"}""");

        Person lee = await Come(server, "later", "Lee");

        Assert.StartsWith("They open on ", await lee.Reads("waiting-words"), StringComparison.Ordinal);
        await lee.Finds("room-view");
        Assert.True(TimeProvider.System.GetUtcNow() > opensAt);
        await lee.Connected();
    }

    [Fact]
    public async Task A_message_reaches_whom_it_is_for_and_a_reaction_everybody()
    {
        await using SfuServer server = await SfuServer.Start();
        Person mara = await Enter(server, "lobby", "Mara", role: "moderator");
        Person lee = await Enter(server, "lobby", "Lee");
        Person mia = await Enter(server, "lobby", "Mia");
        foreach (Person person in (Person[])[lee, mia])
            await person.Click("show-messages");
        await mara.Click("show-people");
        await mara.Page.GetByTestId("people-search").FillAsync("Lee");
        await mara.Page.WaitForFunctionAsync("() => document.querySelectorAll('[data-testid=listener]').length === 1");
        await mara.Click("listener-more");
        await mara.Click("act-message");

        await mara.Say("For you alone");
        await mara.Page.GetByTestId("message-to").SelectOptionAsync("room");
        await mara.Say("<b>For all</b>");
        await mia.Click("react");

        Assert.Equal("Mara\n<b>For all</b>", await mia.Reads("message"));
        Assert.Equal("Mara to you\nFor you alone", await lee.Reads("message"));
        Assert.Equal("You to Lee\nFor you alone", await mara.Reads("message"));
        Assert.Equal("👏", await lee.Page.Locator("[data-testid=flight] span").First.InnerTextAsync());
    }

    [Fact]
    public async Task A_private_room_opens_to_who_has_an_invite_code()
    {
        await using SfuServer server = await SfuServer.Start();
        await server.Open("""{"name":"secret","visibility":"private"}""");
        Person mara = await Enter(server, "secret", "Mara", role: "moderator");
        Person lee = await Come(server, "secret", "Lee");
        await lee.Page.WaitForSelectorAsync("[data-testid=toast][data-code=not-admitted]");

        await mara.Click("room-menu");
        await mara.Page.EvaluateAsync("() => navigator.clipboard.writeText = async text => { window.copied = text; }");
        await mara.Click("make-invite");
        await mara.Page.WaitForFunctionAsync("() => window.copied");
        string code = await mara.Page.EvaluateAsync<string>("() => new URL(window.copied).searchParams.get('invite')");
        await lee.Page.GetByTestId("invite-input").FillAsync(code);
        await lee.Page.GetByTestId("join-button").ClickAsync();

        await lee.Finds("room-view");
        await lee.Connected();
    }

    [Fact]
    public async Task Who_is_handed_the_room_sees_the_hands_that_were_up_already()
    {
        await using SfuServer server = await SfuServer.Start();
        Person mara = await Enter(server, "lobby", "Mara", role: "moderator");
        Person lee = await Enter(server, "lobby", "Lee");
        Person ben = await Enter(server, "lobby", "Ben");
        await ben.RaiseHand("A question");
        await mara.Click("show-people");
        await mara.Page.GetByTestId("people-search").FillAsync("Lee");
        await mara.Page.WaitForFunctionAsync("() => document.querySelectorAll('[data-testid=listener]').length === 1");
        await mara.Click("listener-more");

        await mara.Click("act-hand-over");
        await mara.Click("act-hand-over");

        await lee.Click("show-hands");
        Assert.Contains("A question", await lee.Reads("hand-item"), StringComparison.Ordinal);
        await mara.Page.GetByTestId("show-hands").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
        await lee.Click("dismiss");
        await ben.Page.WaitForSelectorAsync("[data-testid=hand][aria-pressed=false]");
    }

    private static Task<int> Connections(Person person) => person.Page.EvaluateAsync<int>("() => probe.connections.length");
}
