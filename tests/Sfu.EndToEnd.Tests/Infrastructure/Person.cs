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

    /// <summary>Opens the page and goes to the room's door.</summary>
    /// <param name="role">Who may take the stage has the browser's microphone alone.</param>
    /// <param name="script">Runs in the page before its own; null for none.</param>
    public static async Task<Person> Come(IBrowser browser, Uri page, string room, string name, string role, string? script = null)
    {
        // Without animations: painted by the processor, five pages of them leave two cores no time for the sound.
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { BypassCSP = true, ReducedMotion = ReducedMotion.Reduce });
        await context.AddInitScriptAsync(Probe.Script);
        if (script is not null)
            await context.AddInitScriptAsync(script);
        IPage tab = await context.NewPageAsync();
        tab.SetDefaultTimeout(ExpectTimeout);
        await tab.GotoAsync($"{page}?room={room}&name={name}&role={role}&join=1");
        return new Person(tab, name);
    }

    public async Task Connected() =>
        await _page.WaitForFunctionAsync("() => probe.connections.some(c => c.connectionState === 'connected')");

    public Task TakeStage() => Click("take-stage");

    public Task LeaveStage() => Click("leave-stage");

    public Task Mute() => Click("mute");

    public Task Click(string testId) => _page.GetByTestId(testId).ClickAsync();

    /// <summary>Waits until the page shows it.</summary>
    public Task Finds(string testId) => _page.GetByTestId(testId).First.WaitForAsync();

    /// <summary>What the page says there, as soon as it is shown.</summary>
    public async Task<string> Reads(string testId)
    {
        await Finds(testId);
        return await _page.GetByTestId(testId).First.InnerTextAsync();
    }

    public async Task RaiseHand(string note)
    {
        await Click("hand");
        await _page.GetByTestId("hand-note").FillAsync(note);
        await Click("raise-hand");
    }

    /// <summary>Writes a message where the panel of messages is open, and waits until it was sent.</summary>
    public async Task Say(string text)
    {
        await _page.GetByTestId("message-text").FillAsync(text);
        await Click("send-message");
        await _page.WaitForFunctionAsync("() => document.querySelector('[data-testid=message-text]').value === ''");
    }

    /// <summary>Chooses from the menu of somebody on the stage, as a moderator.</summary>
    /// <param name="action">Such as <c>mute</c>.</param>
    public async Task Moderate(Person other, string action)
    {
        await _page.GetByTestId("member").Filter(new LocatorFilterOptions { HasText = other.Name }).GetByTestId("member-more").ClickAsync();
        await Click($"act-{action}");
    }

    /// <summary>Waits until one's own microphone is shown as muted, or as open.</summary>
    public Task IsMuted(bool muted) => _page.Locator($"[data-testid=mute][aria-pressed={(muted ? "true" : "false")}]").WaitForAsync();

    /// <summary>Waits until nobody has been around whom the page showed that they speak.</summary>
    public Task HearsNobody() =>
        _page.WaitForFunctionAsync("() => !document.querySelector('[data-testid=member][data-speaking=true]')");

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

    /// <summary>How many packets the browser sends meanwhile.</summary>
    public async Task<int> SentDuring(TimeSpan duration) => await _page.EvaluateAsync<int>(
        """
        async ms => {
          const sent = async () => [...(await probe.connections[0].getStats()).values()].find(r => r.type === 'outbound-rtp')?.packetsSent ?? 0;
          const before = await sent();
          await new Promise(resolve => setTimeout(resolve, ms));
          return await sent() - before;
        }
        """,
        (int)duration.TotalMilliseconds);

    /// <summary>The longest time without a packet of any slot meanwhile.</summary>
    public async Task<TimeSpan> LongestGap(TimeSpan duration) =>
        TimeSpan.FromMilliseconds(await _page.EvaluateAsync<double>("ms => probe.longestGap(ms)", (int)duration.TotalMilliseconds));

    /// <summary>When the sound began that is heard by now, and that goes on; waits for it.</summary>
    public async Task<DateTimeOffset> HearsSince() =>
        DateTimeOffset.FromUnixTimeMilliseconds(await _page.EvaluateAsync<long>("() => probe.heardSince()").WaitAsync(TimeSpan.FromMilliseconds(2 * ExpectTimeout)));

    /// <summary>Waits until the page shows so many listeners.</summary>
    public async Task SeesListeners(int count, TimeSpan timeout) =>
        await _page.WaitForSelectorAsync(
            string.Create(CultureInfo.InvariantCulture, $"[data-testid=audience-count][data-count='{count}']"),
            new PageWaitForSelectorOptions { Timeout = (float)timeout.TotalMilliseconds });

    /// <summary>Such as <c>host/udp</c>, <c>host/tcp</c> or <c>relay/udp</c>.</summary>
    public Task<string> MediaPath() => _page.EvaluateAsync<string>("() => probe.path()");

    /// <summary>What each slot plays for a while, with the CSRCs that were heard in it.</summary>
    public async Task<IReadOnlyList<HeardSlot>> Listen(TimeSpan duration)
    {
        JsonElement result = await _page.EvaluateAsync<JsonElement>("ms => probe.record(ms)", (int)duration.TotalMilliseconds);
        return [.. result.EnumerateArray().Select(HeardSlot.Read)];
    }
}
