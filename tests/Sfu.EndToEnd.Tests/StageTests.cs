using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>From a raised hand to the stage and off it again, in two browsers: a moderator's and that of somebody with a microphone.</summary>
public sealed class StageTests : BrowserTest
{
    private static readonly TimeSpan Excerpt = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_hand_is_raised_invited_and_accepted_and_the_voice_is_heard_without_another_offer()
    {
        await using SfuServer server = await SfuServer.Start();
        Person mara = await Enter(server, "lobby", "Mara", role: "moderator");
        Person ben = await Enter(server, "lobby", "Ben", Speech.Ben.Value, role: "audience");

        await ben.RaiseHand("About the terns");
        await mara.Click("show-hands");
        string hand = await mara.Reads("hand-item");
        await mara.Click("invite");
        await ben.Click("accept");

        Assert.Equal(["Ben"], await mara.WhoSpeaks());
        HeardSlot heard = Assert.Single(await mara.Listen(Excerpt), s => s.PacketsReceived > 0);
        heard.ShouldBe(Speech.Ben.Value);
        Assert.Equal([await ben.Csrc()], heard.Csrcs);
        Assert.Contains("Ben", hand, StringComparison.Ordinal);
        Assert.Contains("About the terns", hand, StringComparison.Ordinal);
        Assert.Equal(0, await mara.Page.GetByTestId("hand-item").CountAsync());
        Assert.Equal((0, 0), (await ben.Renegotiations(), await mara.Renegotiations()));
        Assert.Equal(1, await ben.Page.EvaluateAsync<int>("() => probe.connections.length"));
    }

    [Fact]
    public async Task Whom_a_moderator_mutes_is_not_heard_whatever_their_client_does_until_it_is_allowed_again()
    {
        await using SfuServer server = await SfuServer.Start();
        Person mara = await Enter(server, "lobby", "Mara", role: "moderator");
        Person ben = await Enter(server, "lobby", "Ben", Speech.Ben.Value);
        await ben.TakeStage();
        Assert.Equal(["Ben"], await mara.WhoSpeaks());

        await mara.Moderate(ben, "mute");
        await ben.IsMuted(true);
        await ben.Mute();
        await ben.Page.WaitForSelectorAsync("[data-testid=toast][data-code=muted-by-moderator]");
        await ben.IsMuted(true);
        // A client that does not obey sends its microphone all the same.
        await ben.Page.EvaluateAsync("() => probe.connections[0].getSenders().find(s => s.track).track.enabled = true");
        await mara.HearsNobody();
        Assert.True(await ben.SentDuring(Moment) > 10);
        Assert.All(await mara.Listen(Moment), slot => Assert.Equal(0, slot.PacketsReceived));

        await mara.Moderate(ben, "allow-microphone");
        await ben.Page.WaitForFunctionAsync("() => document.querySelector('[data-testid=mute]').innerText.trim() === 'Unmute'");
        Assert.All(await mara.Listen(Moment), slot => Assert.Equal(0, slot.PacketsReceived));
        await ben.Mute();
        Assert.Equal(["Ben"], await mara.WhoSpeaks());
    }

    [Fact]
    public async Task Whom_a_moderator_excludes_is_on_the_stage_and_not_heard_until_pinned_and_everybody_sees_it()
    {
        await using SfuServer server = await SfuServer.Start();
        Person mara = await Enter(server, "lobby", "Mara", role: "moderator");
        Person ben = await Enter(server, "lobby", "Ben", Speech.Ben.Value);
        await ben.TakeStage();
        Assert.Equal(["Ben"], await mara.WhoSpeaks());

        await mara.Moderate(ben, "exclude");
        Assert.Equal("Not heard", await ben.Reads("hearing-badge"), ignoreCase: true);
        await mara.HearsNobody();
        Assert.All(await mara.Listen(Moment), slot => Assert.Equal(0, slot.PacketsReceived));

        await mara.Moderate(ben, "pin");
        await ben.Page.WaitForSelectorAsync("[data-testid=member][data-hearing=pinned]");
        Assert.Equal(["Ben"], await mara.WhoSpeaks());

        await mara.Moderate(ben, "hear-by-voice");
        await mara.Page.WaitForSelectorAsync("[data-testid=member][data-hearing=voice]");
        Assert.False(await mara.Page.GetByTestId("hearing-badge").IsVisibleAsync());
    }

    [Fact]
    public async Task Whoever_was_invited_steps_down_to_the_audience_and_may_be_removed()
    {
        await using SfuServer server = await SfuServer.Start();
        Person mara = await Enter(server, "lobby", "Mara", role: "moderator");
        Person ben = await Enter(server, "lobby", "Ben", Speech.Ben.Value, role: "audience");
        await mara.Click("show-people");
        await mara.Page.GetByTestId("people-search").FillAsync("be");
        await mara.Page.WaitForFunctionAsync("() => document.querySelectorAll('[data-testid=listener]').length === 1");
        await mara.Click("listener-more");
        await mara.Click("act-invite");
        await ben.Click("accept");
        Assert.Equal(["Ben"], await mara.WhoSpeaks());

        await ben.LeaveStage();
        await mara.Sees(0);
        await ben.Finds("hand");
        Assert.False(await ben.Page.GetByTestId("take-stage").IsVisibleAsync());
        Assert.Equal(0, await ben.Page.EvaluateAsync<int>("() => probe.connections[0].getSenders().filter(s => s.track).length"));

        await mara.Click("listener-more");
        await mara.Click("act-remove");
        Assert.Equal("A moderator removed you from the room.", await ben.Reads("notice"));
        await ben.Page.WaitForFunctionAsync("() => probe.connections[0].connectionState === 'closed' && probe.sockets[0].readyState === WebSocket.CLOSED");
        await mara.Page.WaitForSelectorAsync("[data-testid=audience-count][data-count='1']");
    }

    [Fact]
    public async Task Whom_a_moderator_moves_to_the_audience_is_silent_and_asks_with_a_hand_again()
    {
        await using SfuServer server = await SfuServer.Start();
        Person mara = await Enter(server, "lobby", "Mara", role: "moderator");
        Person ben = await Enter(server, "lobby", "Ben", Speech.Ben.Value);
        await ben.TakeStage();
        await mara.WhoSpeaks();

        await mara.Moderate(ben, "move-to-audience");

        await mara.Sees(0);
        await ben.Finds("hand");
        Assert.All(await mara.Listen(Moment), slot => Assert.Equal(0, slot.PacketsReceived));
    }
}
