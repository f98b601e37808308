using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>Firewalls, relays, and networks that change in the middle of speech.</summary>
public sealed class NetworkTests : BrowserTest
{
    /// <summary>What may be missed when the new path works at once.</summary>
    private static readonly TimeSpan MostSilence = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan Excerpt = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Where_no_udp_gets_through_people_hear_each_other_over_tcp()
    {
        NetworkNamespace network = await OwnNetwork();
        await network.BlockUdp();
        await using SfuServer server = await SfuServer.Start(network, "Sfu:Media:TcpPort=0");
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        Person listener = await Enter(server, "lobby", "Lee");
        await ann.TakeStage();
        await listener.WhoSpeaks();

        HeardSlot heard = Assert.Single(await listener.Listen(Excerpt), s => s.PacketsReceived > 0);

        heard.ShouldBe(Speech.Ann.Value);
        Assert.Equal("host/tcp", await ann.MediaPath());
        Assert.Equal("host/tcp", await listener.MediaPath());
        await listener.Page.WaitForSelectorAsync("[data-testid=quality][data-transport=tcp]");
    }

    /// <summary>
    /// It takes a browser some seconds to find out that a path says nothing any more. Then the client asks for an ICE restart, and
    /// from its answer on, which is when checks begin, the silence is ours.
    /// </summary>
    [Fact]
    public async Task When_udp_is_blocked_in_the_middle_of_speech_a_listener_hears_on_over_tcp()
    {
        NetworkNamespace network = await OwnNetwork();
        await using SfuServer server = await SfuServer.Start(network, "Sfu:Media:TcpPort=0");
        await network.BlockUdp();
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        await network.Unblock();
        Person listener = await Enter(server, "lobby", "Lee");
        await ann.TakeStage();
        await listener.WhoSpeaks();
        Assert.Equal("host/udp", await listener.MediaPath());
        await listener.Page.EvaluateAsync(
            """
            () => probe.connections[0].addEventListener('signalingstatechange', ({ target }) => {
              if (target.signalingState === 'stable') window.answered ??= performance.now();
            })
            """);

        Task<TimeSpan> gap = listener.LongestGap(TimeSpan.FromSeconds(15));
        await network.BlockUdp();
        double silence = (await gap).TotalMilliseconds;
        double afterAnswer = await listener.Page.EvaluateAsync<double>("() => probe.gapEnd - answered");
        TestContext.Current.TestOutputHelper?.WriteLine($"Without a packet for {silence:F0} ms, of them {afterAnswer:F0} ms with a path to try.");

        Assert.InRange(silence, 0, 12_000);
        Assert.InRange(afterAnswer, 0, MostSilence.TotalMilliseconds);
        HeardSlot heard = Assert.Single(await listener.Listen(Excerpt), s => s.PacketsReceived > 0);
        heard.ShouldBe(Speech.Ann.Value);
        Assert.Equal("host/tcp", await listener.MediaPath());
        Assert.Equal(1, await listener.Page.EvaluateAsync<int>("() => probe.connections.length"));
    }

    [Fact]
    public async Task A_browser_that_may_use_nothing_but_a_relay_hears_through_a_turn_server()
    {
        NetworkNamespace network = await OwnNetwork();
        await using TurnServer turn = await TurnServer.Start(network);
        await using SfuServer server = await SfuServer.Start(
            network, $"Sfu:IceServers:0:Urls=turn:127.0.0.1:{TurnServer.Port}", $"Sfu:IceServers:0:Secret={TurnServer.Secret}");
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        Person listener = await Enter(server, "lobby", "Lee", script: "window.probeConfiguration = { iceTransportPolicy: 'relay' };");
        await ann.TakeStage();
        await listener.WhoSpeaks();

        HeardSlot heard = Assert.Single(await listener.Listen(Excerpt), s => s.PacketsReceived > 0);

        heard.ShouldBe(Speech.Ann.Value);
        Assert.Equal("relay/udp", await listener.MediaPath());
        await listener.Page.WaitForSelectorAsync("[data-testid=quality][data-transport=relay]");
        Assert.DoesNotContain(TurnServer.Secret, server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ice_restart_in_the_middle_of_speech_is_no_gap()
    {
        await using SfuServer server = await SfuServer.Start();
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        Person listener = await Enter(server, "lobby", "Lee");
        await ann.TakeStage();
        await listener.WhoSpeaks();
        string before = await listener.IceFragment();

        Task<TimeSpan> gap = listener.LongestGap(Excerpt);
        await listener.Page.EvaluateAsync("() => window.dispatchEvent(new Event('online'))");
        await listener.Page.WaitForFunctionAsync("old => !probe.connections[0].currentRemoteDescription.sdp.includes(old)", before);

        Assert.InRange(await gap, TimeSpan.Zero, MostSilence);
    }

    /// <summary>Nobody tells a browser that its NAT has rebound it, so the silence begins to count with the first check that goes the new way.</summary>
    [Fact]
    public async Task A_listener_whose_nat_rebinds_it_hears_on_as_soon_as_a_check_has_come_the_new_way()
    {
        await using SfuServer server = await SfuServer.Start("Sfu:Media:Workers=1", "Sfu:Media:AdvertisedAddresses:0=127.0.0.2");
        await using var nat = new RebindingNat(server.MediaPort);
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        Person listener = await Enter(server, "lobby", "Lee");
        await ann.TakeStage();
        await listener.WhoSpeaks();
        await listener.Listen(TimeSpan.FromSeconds(1));

        Task<TimeSpan> gap = listener.LongestGap(TimeSpan.FromSeconds(8));
        TimeSpan backAfter = await nat.RebindListener().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Without a packet for {(await gap).TotalMilliseconds:F0} ms, of them {backAfter.TotalMilliseconds:F0} ms after the first check.");

        Assert.InRange(backAfter, TimeSpan.Zero, MostSilence);
        HeardSlot heard = Assert.Single(await listener.Listen(Excerpt), s => s.PacketsReceived > 0);
        heard.ShouldBe(Speech.Ann.Value);
    }
}
