using Microsoft.Playwright;
using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>A test with browsers, which are closed at its end: one for each microphone, and one for all who only listen.</summary>
public abstract class BrowserTest : IAsyncLifetime
{
    private readonly List<IBrowser> _browsers = [];
    private IPlaywright? _playwright;
    private NetworkNamespace? _network;
    private IBrowser? _listeners;

    public async ValueTask InitializeAsync()
    {
        Requirements.Browser();
        _playwright = await Playwright.CreateAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (IBrowser browser in _browsers)
            await browser.CloseAsync();
        _playwright?.Dispose();
        if (_network is not null)
            await _network.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Browsers that are launched from now on are in a network of their own; it goes with them.</summary>
    private protected async Task<NetworkNamespace> OwnNetwork()
    {
        Requirements.Network();
        return _network = await NetworkNamespace.Create();
    }

    /// <param name="microphone">What this person says when on the stage; null for somebody who only listens.</param>
    /// <param name="role">Null: speaker with a microphone, audience without.</param>
    /// <param name="script">Runs in the page before its own.</param>
    private protected async Task<Person> Enter(
        SfuServer server, string room, string name, Speech? microphone = null, string? role = null, string? script = null)
    {
        Person person = await Come(server, room, name, microphone, role, script);
        await person.Connected();
        return person;
    }

    /// <summary>As <see cref="Enter"/>, and waits for nothing: the door may be closed, or there may be no audio.</summary>
    private protected async Task<Person> Come(
        SfuServer server, string room, string name, Speech? microphone = null, string? role = null, string? script = null)
    {
        IBrowser browser = microphone is null ? await ListenersBrowser() : await Launch(microphone);
        return await Person.Come(browser, server.Page, room, name, role ?? (microphone is null ? "audience" : "speaker"), script);
    }

    /// <summary>The one for all who only listen.</summary>
    private protected async Task<IBrowser> ListenersBrowser() => _listeners ??= await Launch(null);

    private async Task<IBrowser> Launch(Speech? microphone)
    {
        IBrowser browser = await Chromium.Launch(_playwright!, microphone, _network);
        _browsers.Add(browser);
        return browser;
    }
}
