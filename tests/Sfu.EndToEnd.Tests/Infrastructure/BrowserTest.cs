using Microsoft.Playwright;
using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>A test with browsers: everybody who entered leaves at its end.</summary>
public abstract class BrowserTest : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _people = [];
    private IPlaywright? _playwright;

    public async ValueTask InitializeAsync()
    {
        Requirements.Browser();
        _playwright = await Playwright.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable person in _people)
            await person.DisposeAsync();
        _playwright?.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<Person> Enter(SfuServer server, string room, string name, Speech? microphone = null) =>
        await Enter(server.Page, room, name, microphone);

    private protected async Task<Person> Enter(Uri page, string room, string name, Speech? microphone = null)
    {
        Person person = await Person.Enter(_playwright!, page, room, name, microphone);
        _people.Add(person);
        return person;
    }
}
