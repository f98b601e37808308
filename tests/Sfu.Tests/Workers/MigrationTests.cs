using Sfu.Ice;
using Sfu.Net;
using Sfu.Peers;
using Sfu.TestKit.Net;
using Sfu.TestKit.Workers;

namespace Sfu.Tests.Workers;

/// <summary>Networks change in the middle of speech.</summary>
public sealed class MigrationTests : IDisposable
{
    /// <summary>What a listener may miss when the new path works at once.</summary>
    private static readonly TimeSpan MostSilence = TimeSpan.FromMilliseconds(400);

    private readonly SimulatedNode _node = new();
    private readonly SimulatedClient _speaker;
    private readonly SimulatedClient _listener;

    public MigrationTests()
    {
        _node.Network.SetConditions(new LinkConditions { Delay = TimeSpan.FromMilliseconds(100) });
        _speaker = _node.Connect();
        _listener = _node.Connect();
        _node.TakeStage(_speaker);
        _node.Talk(_speaker, packets: 50);
        _listener.Heard.Clear();
    }

    public void Dispose() => _node.Dispose();

    [Fact]
    public void An_ice_restart_on_the_same_path_is_not_heard()
    {
        Assert.Equal(SimulatedClient.PacketInterval, LongestSilence(() => Restart(_listener)));
        Assert.Equal(MediaState.Connected, _listener.State);
    }

    [Fact]
    public void An_ice_restart_to_another_address_costs_a_listener_less_than_the_bound()
    {
        TimeSpan silence = LongestSilence(() =>
        {
            _listener.MoveTo(port: 30_000);
            Restart(_listener);
        });

        Assert.InRange(silence, SimulatedClient.PacketInterval, MostSilence);
    }

    [Fact]
    public void A_listener_whose_new_address_is_nominated_hears_on_within_the_bound()
    {
        TimeSpan silence = LongestSilence(() =>
        {
            _listener.MoveTo(port: 30_000);
            _listener.CheckNow();
        });

        Assert.InRange(silence, SimulatedClient.PacketInterval, MostSilence);
    }

    [Fact]
    public void A_speaker_whose_new_address_is_checked_is_heard_on_within_the_bound()
    {
        TimeSpan silence = LongestSilence(() =>
        {
            _speaker.MoveTo(port: 30_000);
            _speaker.CheckNow();
        });

        Assert.InRange(silence, SimulatedClient.PacketInterval, MostSilence);
    }

    /// <summary>A NAT tells nobody that it has another address: the silence lasts until the next check, and a packet longer.</summary>
    [Fact]
    public void A_rebound_address_is_followed_with_the_next_check()
    {
        _listener.CheckNow();
        _node.Advance(TimeSpan.FromSeconds(1));

        TimeSpan silence = LongestSilence(() => _listener.MoveTo(port: 30_000));

        Assert.InRange(silence, TimeSpan.FromSeconds(3.2), TimeSpan.FromSeconds(3.6));
    }

    [Fact]
    public void From_udp_to_tcp_and_back_a_listener_and_a_speaker_go_on_within_the_bound()
    {
        foreach (SimulatedClient client in new[] { _listener, _speaker })
        {
            TimeSpan toTcp = LongestSilence(() =>
            {
                client.MoveTo(port: 31_000, SimulatedNode.TcpAddressOf(0));
                client.CheckNow();
            });
            TimeSpan toUdp = LongestSilence(() =>
            {
                client.MoveTo(port: 32_000, SimulatedNode.AddressOf(0));
                client.CheckNow();
            });

            Assert.InRange(toTcp, SimulatedClient.PacketInterval, MostSilence);
            Assert.InRange(toUdp, SimulatedClient.PacketInterval, MostSilence);
        }
    }

    [Fact]
    public void A_client_may_come_by_tcp_from_the_beginning()
    {
        SimulatedClient client = _node.Join();
        client.MoveTo(port: 33_000, SimulatedNode.TcpAddressOf(0));
        _node.Advance(TimeSpan.FromSeconds(5));

        _node.Talk(_speaker, packets: 20);

        Assert.True(client.IsConnected);
        Assert.Equal(20, client.Heard.Count);
    }

    /// <summary>The path that a client has left may work again later; nobody sends there meanwhile, and nothing is heard twice.</summary>
    [Fact]
    public void After_a_move_nothing_goes_to_the_old_address()
    {
        TransportAddress old = _listener.Ice.MappedAddress;
        int arrived = 0;

        LongestSilence(() =>
        {
            _listener.MoveTo(port: 30_000);
            _listener.CheckNow();
        });
        _node.Network.Attach(old, (_, _, _) => arrived++);
        _node.Talk(_speaker, packets: 20);

        Assert.Equal(0, arrived);
    }

    private void Restart(SimulatedClient client)
    {
        IceCredentials server = IceCredentials.Create();
        IceCredentials local = IceCredentials.Create();
        _node.Cores[0].RestartIce(client.Key, server);
        client.Ice.Restart(local, server);
        _node.Cores[0].ApplyAnswer(client.Key, client.Answer(new SfuOptions().Slots));
    }

    /// <summary>Talks for ten seconds; what is to happen happens after one.</summary>
    /// <returns>The longest time between two packets that the listener got.</returns>
    private TimeSpan LongestSilence(Action happens)
    {
        const int Packets = 500;
        TimeSpan longest = TimeSpan.Zero;
        TimeSpan silence = TimeSpan.Zero;
        bool begun = false;
        for (int i = 0; i < Packets; i++)
        {
            if (i == 50)
                happens();
            int before = _listener.Heard.Count;
            _speaker.Speak(SimulatedClient.Opus(i), _node.Now);
            _node.Advance(SimulatedClient.PacketInterval);
            bool heard = _listener.Heard.Count > before;
            begun |= heard;
            silence = heard || !begun ? SimulatedClient.PacketInterval : silence + SimulatedClient.PacketInterval;
            if (silence > longest)
                longest = silence;
        }

        return longest;
    }
}
