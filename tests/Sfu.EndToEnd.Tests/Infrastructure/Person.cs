using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Sfu.EndToEnd.Tests;

/// <summary>Somebody in front of the page.</summary>
internal sealed class Person
{
    private const float ExpectTimeout = 20_000;

    private readonly IPage _page;

    private Person(IPage page, string name)
    {
        _page = page;
        Name = name;
    }

    public string Name { get; }

    public IPage Page => _page;

    /// <summary>Opens the page and goes into the room.</summary>
    /// <param name="speaks">Whether this person may take the stage; the browser's microphone is theirs alone then.</param>
    public static async Task<Person> Enter(IBrowser browser, Uri page, string room, string name, bool speaks)
    {
        // Without animations: painted by the processor, five pages of them leave two cores no time for the sound.
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { BypassCSP = true, ReducedMotion = ReducedMotion.Reduce });
        await context.AddInitScriptAsync(Probe.Script);
        IPage tab = await context.NewPageAsync();
        tab.SetDefaultTimeout(ExpectTimeout);
        string role = speaks ? "speaker" : "audience";
        await tab.GotoAsync($"{page}?room={room}&name={name}&role={role}&join=1");
        var person = new Person(tab, name);
        await person.Connected();
        return person;
    }

    public async Task Connected() =>
        await _page.WaitForFunctionAsync("() => probe.connections.some(c => c.connectionState === 'connected')");

    public Task TakeStage() => Click("take-stage");

    public Task LeaveStage() => Click("leave-stage");

    public Task Mute() => Click("mute");

    public Task Click(string testId) => _page.GetByTestId(testId).ClickAsync();

    /// <summary>The names of those around whom the page shows that they speak, as soon as there is one.</summary>
    public async Task<IReadOnlyList<string>> WhoSpeaks()
    {
        await _page.WaitForSelectorAsync("[data-testid=member][data-speaking=true]");
        return await _page.Locator("[data-testid=member][data-speaking=true] [data-testid=member-name]").AllInnerTextsAsync();
    }

    /// <summary>Waits until the page shows so many people on the stage.</summary>
    public async Task Sees(int onStage) =>
        await _page.WaitForFunctionAsync("n => document.querySelectorAll('[data-testid=member]').length === n", onStage);

    /// <summary>What names this person in RTP, as the page knows it.</summary>
    public async Task<uint> Csrc() =>
        uint.Parse((await _page.Locator("[data-testid=member][data-self=true]").GetAttributeAsync("data-csrc"))!, CultureInfo.InvariantCulture);

    /// <summary>How often the browser asked for another round of offer and answer.</summary>
    public Task<int> Renegotiations() => _page.EvaluateAsync<int>("() => probe.connections[0].negotiations");

    /// <summary>The server's current user name fragment.</summary>
    public Task<string> IceFragment() =>
        _page.EvaluateAsync<string>("() => /a=ice-ufrag:(\\S+)/.exec(probe.connections[0].currentRemoteDescription.sdp)[1]");

    /// <summary>What each slot plays for a while, with the CSRCs that were heard in it.</summary>
    public async Task<IReadOnlyList<HeardSlot>> Listen(TimeSpan duration)
    {
        JsonElement result = await _page.EvaluateAsync<JsonElement>("ms => probe.record(ms)", (int)duration.TotalMilliseconds);
        return [.. result.EnumerateArray().Select(HeardSlot.Read)];
    }
}
