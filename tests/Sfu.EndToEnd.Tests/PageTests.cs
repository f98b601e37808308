using Microsoft.Playwright;
using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

public sealed class PageTests : BrowserTest
{
    private const string JoinWithoutMedia = """
        async ([count, names, notes]) => {
          const answer = (socket, type, message) => new Promise(resolve => {
            socket.onmessage = ({ data }) => JSON.parse(data).type === type && resolve();
            socket.send(JSON.stringify(message));
          });
          window.crowd = await Promise.all(Array.from({ length: count }, async (_, index) => {
            const response = await fetch('/dev/token', { method: 'POST', headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ room: 'harbour-talk', role: 'audience', name: names.at(index) ?? `Guest ${index}` }) });
            const { token } = await response.json();
            const socket = new WebSocket(`ws://${location.host}/v1/ws`, 'sfu.v1');
            await new Promise(opened => socket.onopen = opened);
            await answer(socket, 'welcome', { type: 'join', v: 1, room: 'harbour-talk', token });
            return socket;
          }));
          for (const [index, note] of notes.entries()) await answer(window.crowd[index], 'ok', { type: 'raise-hand', note, id: 'hand' });
        }
        """;

    private static readonly string[] Askers = ["Cleo Sand", "Idris Vane", "Yuki Mori"];
    private static readonly string[] Notes = ["Where do the terns go in winter?", "A story from the pier", "Gulls, and what they steal"];

    /// <summary>It leaves artifacts/page.png behind, the picture that the README shows, and others to look at: dark, and on a phone.</summary>
    [Fact]
    public async Task The_page_shows_the_stage_who_speaks_who_is_muted_how_many_listen_and_whose_hands_are_up()
    {
        const int Crowd = 60;
        await using SfuServer server = await SfuServer.Start();
        await server.Open("""{"name":"harbour-talk","title":"Birds of the harbour","tags":["nature/birds"]}""");
        Person listener = await Enter(server, "harbour-talk", "Mara Lind", role: "moderator");
        Person ann = await Enter(server, "harbour-talk", "Ann Harper", Speech.Ann.Value);
        Person ben = await Enter(server, "harbour-talk", "Ben Okafor", Speech.Ben.Value);
        await ann.TakeStage();
        await ben.TakeStage();
        await listener.Page.EvaluateAsync(JoinWithoutMedia, new object[] { Crowd, Askers, Notes });
        await ben.Mute();
        await listener.Sees(onStage: 2);
        await listener.Click("show-hands");

        await listener.Page.WaitForSelectorAsync($"[data-testid=audience-count][data-count='{Crowd + 1}']");
        await listener.Page.WaitForFunctionAsync("n => document.querySelectorAll('[data-testid=hand-item]').length === n", Notes.Length);
        Assert.Equal(Notes, await listener.Page.Locator("[data-testid=hand-item] .person-note").AllInnerTextsAsync());
        await listener.Page.WaitForSelectorAsync("[data-testid=member][data-muted=true][data-speaking=false]");
        Assert.Equal(["Ann Harper"], await listener.WhoSpeaks());
        await listener.Page.WaitForSelectorAsync("[data-testid=quality]:not([data-rating=none])");
        await FitsAndIsPictured(listener, "page.png");

        await listener.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await listener.Page.HoverAsync("[data-testid=quality]");
        await FitsAndIsPictured(listener, "page-dark.png");

        await listener.Page.SetViewportSizeAsync(390, 844);
        await FitsAndIsPictured(listener, "page-narrow-hands.png");
        await listener.Click("show-hands");
        await listener.Moderate(ben, "pin");
        await listener.Page.WaitForSelectorAsync("[data-testid=member][data-hearing=pinned]");
        await FitsAndIsPictured(listener, "page-narrow.png");
    }

    [Fact]
    public async Task The_hallway_lists_rooms_by_topic_and_opens_new_ones()
    {
        await using SfuServer server = await SfuServer.Start();
        await server.Open("""{"name":"jazz","title":"Late jazz","tags":["music/jazz"],"profile":"music"}""");
        Person ann = await Enter(server, "jazz", "Ann", role: "moderator");
        Person lee = await Come(server, "", "Lee");
        await lee.Page.WaitForSelectorAsync("[data-testid=topic][data-topic=music]");
        string item = await lee.Reads("room-item");
        IReadOnlyList<string> chips = await lee.Page.Locator("[data-testid=room-item] .chip").AllInnerTextsAsync();

        await lee.Click("new-room");
        await lee.Page.GetByTestId("new-title").FillAsync("Birds of the harbour");
        await lee.Page.GetByTestId("new-tags").FillAsync("nature/birds");
        await lee.Click("create-room");
        await lee.Connected();
        await ann.Click("leave");
        await ann.Page.WaitForSelectorAsync("[data-testid=topic][data-topic=nature]");

        Assert.Contains("Late jazz", item, StringComparison.Ordinal);
        Assert.Contains("0 on stage · 1 listening", item, StringComparison.Ordinal);
        Assert.Equal(["jazz", "music"], chips);
        Assert.Equal("Birds of the harbour", await lee.Reads("room-name"));
        Assert.True(await lee.Page.GetByTestId("show-hands").IsVisibleAsync());
    }

    /// <summary>Nothing is wider than the window.</summary>
    private static async Task FitsAndIsPictured(Person person, string file)
    {
        Assert.Equal(0, await person.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));
        string artifacts = Path.Combine(SfuServer.SourceDirectory, "../../artifacts");
        Directory.CreateDirectory(artifacts);
        await person.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(artifacts, file) });
    }
}
