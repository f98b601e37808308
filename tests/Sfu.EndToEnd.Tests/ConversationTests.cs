using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>The whole path: a microphone in one browser, ears in another, the server between them.</summary>
public sealed class ConversationTests : BrowserTest
{
    private static readonly TimeSpan Excerpt = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task What_one_says_is_what_the_other_hears_and_the_page_shows_who_it_is()
    {
        await using SfuServer server = await SfuServer.Start();
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        Person listener = await Enter(server, "lobby", "Lee");
        await ann.TakeStage();

        Assert.Equal(["Ann"], await listener.WhoSpeaks());
        HeardSlot heard = Assert.Single(await listener.Listen(Excerpt), s => s.PacketsReceived > 0);

        heard.ShouldBe(Speech.Ann.Value);
        Assert.Equal([await ann.Csrc()], heard.Csrcs);
        Assert.Equal(0, heard.PacketsLost);
        Assert.Equal(0, await ann.Renegotiations());
        Assert.Equal(0, await listener.Renegotiations());
    }

    [Fact]
    public async Task Three_speak_at_once_and_two_hear_all_of_them()
    {
        await using SfuServer server = await SfuServer.Start();
        (string Name, Speech Speech)[] cast = [("Ann", Speech.Ann.Value), ("Ben", Speech.Ben.Value), ("Cleo", Speech.Cleo.Value)];
        var speakers = new List<Person>();
        foreach ((string name, Speech speech) in cast)
            speakers.Add(await Enter(server, "lobby", name, speech));
        Person[] listeners = [await Enter(server, "lobby", "Lee"), await Enter(server, "lobby", "Mia")];
        foreach (Person speaker in speakers)
            await speaker.TakeStage();
        foreach (Person listener in listeners)
            await listener.Sees(cast.Length);

        foreach (Person listener in listeners)
        {
            IReadOnlyList<HeardSlot> slots = await listener.Listen(Excerpt);
            for (int i = 0; i < cast.Length; i++)
            {
                uint csrc = await speakers[i].Csrc();
                HeardSlot slot = Assert.Single(slots, s => s.Csrcs.Contains(csrc));
                Assert.Equal([csrc], slot.Csrcs);
                slot.ShouldBe(cast[i].Speech);
            }
        }
    }

    [Fact]
    public async Task Nobody_hears_their_own_voice()
    {
        await using SfuServer server = await SfuServer.Start();
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        Person ben = await Enter(server, "lobby", "Ben", Speech.Ben.Value);
        await ann.TakeStage();
        await ben.TakeStage();
        await ann.Sees(2);

        HeardSlot heard = Assert.Single(await ann.Listen(Excerpt), s => s.PacketsReceived > 0);

        Assert.Equal([await ben.Csrc()], heard.Csrcs);
        heard.ShouldBe(Speech.Ben.Value);
    }

    [Fact]
    public async Task Who_joins_in_the_middle_hears_it_at_once()
    {
        await using SfuServer server = await SfuServer.Start();
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        await ann.TakeStage();
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);

        Person late = await Enter(server, "lobby", "Lee");
        Assert.Equal(["Ann"], await late.WhoSpeaks());
        HeardSlot heard = Assert.Single(await late.Listen(Excerpt), s => s.PacketsReceived > 0);

        heard.ShouldBe(Speech.Ann.Value);
    }

    [Fact]
    public async Task Muting_is_silence_for_the_others_and_unmuting_brings_the_voice_back()
    {
        await using SfuServer server = await SfuServer.Start();
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        Person listener = await Enter(server, "lobby", "Lee");
        await ann.TakeStage();
        await listener.WhoSpeaks();

        await ann.Mute();
        await listener.Page.WaitForSelectorAsync("[data-testid=muted-badge]:visible");
        IReadOnlyList<HeardSlot> muted = await listener.Listen(TimeSpan.FromSeconds(1));
        Assert.All(muted, slot => Assert.Equal(0, slot.PacketsReceived));

        await ann.Mute();
        await listener.WhoSpeaks();
        HeardSlot heard = Assert.Single(await listener.Listen(Excerpt), s => s.PacketsReceived > 0);
        heard.ShouldBe(Speech.Ann.Value);
    }
}
