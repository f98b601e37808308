using Microsoft.Playwright;
using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

public sealed class PagePicture : BrowserTest
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

    /// <summary>Makes src/Sfu.Signalling/page.png, which the README shows; run it by hand when the page has changed.</summary>
    [Fact(Explicit = true)]
    public async Task Takes_the_picture_for_the_README()
    {
        await using SfuServer server = await SfuServer.Start();
        Person[] speakers =
        [
            await Enter(server, "harbour-talk", "Ann Harper", Speech.Ann.Value),
            await Enter(server, "harbour-talk", "Ben Okafor", Speech.Ben.Value),
            await Enter(server, "harbour-talk", "Cleo Marin", Speech.Cleo.Value),
        ];
        foreach (Person speaker in speakers)
            await speaker.TakeStage();
        Person listener = await Enter(server, "harbour-talk", "Lee");
        await listener.Page.EvaluateAsync(JoinWithoutMedia, 60);
        await speakers[2].Mute();
        await listener.Page.WaitForSelectorAsync("[data-testid=audience-count][data-count='61']");
        await listener.WhoSpeaks();

        await listener.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(SfuServer.SourceDirectory, "page.png") });
    }
}
