using Microsoft.Playwright;
using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

public sealed class PageTests : BrowserTest
{
    private const string JoinWithoutMedia = """
        async count => {
          window.crowd = await Promise.all(Array.from({ length: count }, async () => {
            const response = await fetch('/dev/token', { method: 'POST', headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ room: 'harbour-talk', role: 'audience' }) });
            const { token } = await response.json();
            const socket = new WebSocket(`ws://${location.host}/v1/ws`, 'sfu.v1');
            await new Promise(opened => socket.onopen = opened);
            socket.send(JSON.stringify({ type: 'join', v: 1, room: 'harbour-talk', token }));
            return socket;
          }));
        }
        """;

    /// <summary>It leaves artifacts/page.png behind, the picture that the README shows.</summary>
    [Fact]
    public async Task The_page_shows_the_stage_who_speaks_who_is_muted_and_how_many_listen()
    {
        const int Crowd = 60;
        await using SfuServer server = await SfuServer.Start();
        Person ann = await Enter(server, "harbour-talk", "Ann Harper", Speech.Ann.Value);
        Person ben = await Enter(server, "harbour-talk", "Ben Okafor", Speech.Ben.Value);
        Person listener = await Enter(server, "harbour-talk", "Lee");
        await ann.TakeStage();
        await ben.TakeStage();
        await listener.Page.EvaluateAsync(JoinWithoutMedia, Crowd);
        await ben.Mute();
        await listener.Sees(onStage: 2);

        await listener.Page.WaitForSelectorAsync($"[data-testid=audience-count][data-count='{Crowd + 1}']");
        await listener.Page.WaitForSelectorAsync("[data-testid=member][data-muted=true][data-speaking=false]");
        Assert.Equal(["Ann Harper"], await listener.WhoSpeaks());
        Assert.Equal("0", await listener.Page.EvaluateAsync<string>("() => `${document.documentElement.scrollWidth - innerWidth}`"));

        string artifacts = Path.Combine(SfuServer.SourceDirectory, "../../artifacts");
        Directory.CreateDirectory(artifacts);
        await listener.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(artifacts, "page.png") });
    }
}
