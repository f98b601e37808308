using Microsoft.Playwright;
using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>A test with browsers, which are closed at its end: one for each microphone, and one for all who only listen.</summary>
public abstract class BrowserTest : IAsyncLifetime
{
    private readonly List<IBrowser> _browsers = [];
    private IPlaywright? _playwright;
    private IBrowser? _listeners;

    public async ValueTask InitializeAsync()
    {
        Requirements.Browser();
        _playwright = await Playwright.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IBrowser browser in _browsers)
            await browser.CloseAsync();
        _playwright?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <param name="microphone">What this person says when on the stage; null for somebody who only listens.</param>
    private protected async Task<Person> Enter(SfuServer server, string room, string name, Speech? microphone = null)
    {
        IBrowser browser = microphone is null ? _listeners ??= await Launch(null) : await Launch(microphone);
        return await Person.Enter(browser, server.Page, room, name, speaks: microphone is not null);
    }

    private async Task<IBrowser> Launch(Speech? microphone)
    {
        IBrowser browser = await Chromium.Launch(_playwright!, microphone);
        _browsers.Add(browser);
        return browser;
    }
}
