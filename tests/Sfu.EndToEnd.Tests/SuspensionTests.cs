using System.Diagnostics;
using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>A phone is put into a pocket: its processes stand still, its network goes, and some time later both are there again.</summary>
public sealed class SuspensionTests : BrowserTest
{
    /// <summary>From when process and network are back until sound is heard that goes on.</summary>
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(2);

    /// <summary>Longer than the server waits with these settings, 8 s.</summary>
    private static readonly TimeSpan NoNetwork = TimeSpan.FromSeconds(10);

    private static readonly string[] Impatient =
    [
        "Sfu:Signalling:PingInterval=2s", "Sfu:Signalling:PingTimeout=2s", "Sfu:Signalling:ResumeWindow=2s", "Sfu:Media:ConsentTimeout=5s",
    ];

    private readonly List<BrowserProcesses> _frozen = [];

    [Fact]
    public async Task Who_comes_back_after_ten_seconds_hears_on_with_the_same_session()
    {
        await using SfuServer server = await SfuServer.Start();
        (Person _, Person listener) = await Listening(server);
        BrowserProcesses phone = await Freeze();

        await Task.Delay(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        phone.Thaw();

        await HearsAgain(listener);
        Assert.Equal(1, await listener.Page.EvaluateAsync<int>("() => probe.connections.length"));
    }

    /// <summary>With the settings that the server comes with: noticed within 30 s, then 30 s in which a resume would be taken, and one for the count.</summary>
    [Fact]
    public async Task Who_is_dead_for_the_server_is_noticed_and_freed_and_hears_again_when_it_lives()
    {
        await using SfuServer server = await SfuServer.Start();
        (Person ann, Person listener) = await Listening(server);
        BrowserProcesses phone = await Freeze();
        var dead = Stopwatch.StartNew();

        await server.Counts("sfu_signalling_connections", 1, TimeSpan.FromSeconds(30));
        TimeSpan noticed = dead.Elapsed;
        await ann.SeesListeners(0, TimeSpan.FromSeconds(62) - noticed);
        TestContext.Current.TestOutputHelper?.WriteLine($"Noticed after {noticed.TotalSeconds:F1} s, freed after {dead.Elapsed.TotalSeconds:F1} s.");
        phone.Thaw();

        await HearsAgain(listener);
        Assert.Equal(2, await listener.Page.EvaluateAsync<int>("() => probe.connections.length"));
    }

    /// <summary>
    /// The speaker's network went too, and its operating system says when it is back; to who was frozen its own clock tells it. The
    /// network is one that forgets: the old connections stay open and say nothing for minutes.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_had_no_network_until_the_session_was_gone_hears_again_when_it_is_back(bool isFrozen)
    {
        NetworkNamespace network = await OwnNetwork();
        await using SfuServer server = await SfuServer.Start(network, Impatient);
        (Person ann, Person listener) = await Listening(server);
        BrowserProcesses? phone = isFrozen ? await Freeze() : null;
        await network.BlockAll();

        await Task.Delay(NoNetwork, TestContext.Current.CancellationToken);
        await network.UnblockForgetfully();
        await IsOnline(ann);
        if (phone is null)
            await IsOnline(listener);
        else
            phone.Thaw();

        await HearsAgain(listener);
        Assert.True(await listener.Page.EvaluateAsync<int>("() => probe.connections.length") > 1);
    }

    public override async ValueTask DisposeAsync()
    {
        // Who stands still cannot be closed.
        foreach (BrowserProcesses processes in _frozen)
            processes.Thaw();
        await base.DisposeAsync();
    }

    private async Task<(Person Ann, Person Listener)> Listening(SfuServer server)
    {
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        Person listener = await Enter(server, "lobby", "Lee");
        await ann.TakeStage();
        await listener.WhoSpeaks();
        await listener.HearsSince();
        return (ann, listener);
    }

    private async Task<BrowserProcesses> Freeze()
    {
        BrowserProcesses phone = await BrowserProcesses.Of(await ListenersBrowser());
        _frozen.Add(phone);
        phone.Freeze();
        return phone;
    }

    /// <summary>Where there is nothing but loopback, Chromium itself never says so.</summary>
    private static async Task IsOnline(Person person) => await person.Page.EvaluateAsync("() => window.dispatchEvent(new Event('online'))");

    private static async Task HearsAgain(Person listener)
    {
        DateTimeOffset back = DateTimeOffset.UtcNow;
        TimeSpan silence = await listener.HearsSince() - back;
        TestContext.Current.TestOutputHelper?.WriteLine($"Heard again after {silence.TotalMilliseconds:F0} ms.");
        Assert.True(silence <= MostSilence, $"Heard again after {silence.TotalMilliseconds:F0} ms.");
    }
}
