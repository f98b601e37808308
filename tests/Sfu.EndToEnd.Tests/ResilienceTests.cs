using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>What may happen in the middle of a sentence without anybody noticing.</summary>
public sealed class ResilienceTests : BrowserTest
{
    private static readonly TimeSpan Excerpt = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_listener_whose_web_socket_drops_resumes_and_the_audio_never_stops()
    {
        await using SfuServer server = await SfuServer.Start();
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        Person listener = await Enter(server, "lobby", "Lee");
        await ann.TakeStage();
        await listener.WhoSpeaks();

        Task<IReadOnlyList<HeardSlot>> listening = listener.Listen(Excerpt);
        await listener.Page.EvaluateAsync("() => probe.sockets.at(-1).close(4999)");
        await listener.Page.WaitForFunctionAsync("() => probe.sockets.length === 2 && probe.sockets[1].readyState === WebSocket.OPEN");
        HeardSlot heard = Assert.Single(await listening, s => s.PacketsReceived > 0);

        heard.ShouldBe(Speech.Ann.Value);
        Assert.Equal(1, await listener.Page.EvaluateAsync<int>("() => probe.connections.length"));

        await ann.LeaveStage();
        await listener.Sees(0);
    }

    [Fact]
    public async Task An_ice_restart_in_the_middle_of_speech_is_not_heard()
    {
        await using SfuServer server = await SfuServer.Start();
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        Person listener = await Enter(server, "lobby", "Lee");
        await ann.TakeStage();
        await listener.WhoSpeaks();
        string before = await listener.IceFragment();

        Task<IReadOnlyList<HeardSlot>> listening = listener.Listen(Excerpt);
        await listener.Page.EvaluateAsync("() => window.dispatchEvent(new Event('online'))");
        await listener.Page.WaitForFunctionAsync("old => !probe.connections[0].currentRemoteDescription.sdp.includes(old)", before);
        HeardSlot heard = Assert.Single(await listening, s => s.PacketsReceived > 0);

        heard.ShouldBe(Speech.Ann.Value);
        Assert.Equal(1, await listener.Page.EvaluateAsync<int>("() => probe.connections.length"));
    }

    /// <summary>
    /// A late joiner assumes that the rollover counter is 0 (RFC 3711 3.3.1). With the slot's own numbers one that joins just
    /// before the wrap and loses its first packets would decrypt nothing, ever.
    /// </summary>
    [Fact]
    public async Task Who_joins_just_before_the_wrap_of_a_slot_and_loses_the_first_packets_hears_all_the_same()
    {
        const int PacketsBeforeWrap = 400;
        const int LostPackets = 40;
        await using SfuServer server = await SfuServer.Start("Sfu:Media:Workers=1", $"Sfu:Media:FirstSlotIndex={65_536 - PacketsBeforeWrap}", "Sfu:Media:AdvertisedAddresses:0=127.0.0.2");
        await using var relay = new LossyRelay(server.MediaPort, LostPackets);
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        await ann.TakeStage();

        Person late = await Enter(server, "lobby", "Lee");
        Assert.Equal(["Ann"], await late.WhoSpeaks());
        // Longer than the packets before the wrap last.
        HeardSlot heard = Assert.Single(await late.Listen(TimeSpan.FromMilliseconds(PacketsBeforeWrap * 20 + 3_000)), s => s.PacketsReceived > 0);

        Assert.Equal(LostPackets, relay.Dropped);
        heard.ShouldBe(Speech.Ann.Value);
    }
}
