using System.Net.Sockets;
using System.Text;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Stun;
using Sfu.Tcp;
using Sfu.TestKit.Ice;

namespace Sfu.Tests.Tcp;

public sealed class TcpServerTests : IDisposable
{
    private readonly TcpHarness _harness = new();

    private TcpCounters Counters => _harness.Server.Counters;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task A_check_that_arrives_byte_by_byte_reaches_the_worker_that_its_user_name_names()
    {
        byte[] check = TcpHarness.Check(worker: 3);
        Socket client = await _harness.Connect();
        foreach (byte one in FrameTests.Framed(check))
            await TcpHarness.Send(client, [one]);

        await TcpHarness.Until(() => !_harness.Received.IsEmpty);
        (int worker, NetworkPath path, byte[] packet) = Assert.Single(_harness.Received);
        Assert.Equal(3, worker);
        Assert.Equal(check, packet);
        Assert.True(path.IsTcp);
        Assert.Equal(TransportAddress.From((System.Net.IPEndPoint)client.LocalEndPoint!), path.Remote);
    }

    [Fact]
    public async Task What_follows_the_check_goes_the_same_way_and_null_packets_go_nowhere()
    {
        (Socket client, NetworkPath path) = await _harness.ConnectToWorker(worker: 2);

        await TcpHarness.Send(client, [.. FrameTests.Framed([0x80, 1]), .. FrameTests.Framed([]), .. FrameTests.Framed([20, 2, 3])]);

        await TcpHarness.Until(() => _harness.Received.Count == 3);
        Assert.All(_harness.Received, received => Assert.Equal((2, path), (received.Worker, received.Path)));
        Assert.Equal([0x80, 1], _harness.Received.ElementAt(1).Packet);
        Assert.Equal([20, 2, 3], _harness.Received.ElementAt(2).Packet);
        Assert.Equal(3, Counters.FramesReceived);
    }

    [Fact]
    public async Task What_a_worker_sends_arrives_framed()
    {
        (Socket client, NetworkPath path) = await _harness.ConnectToWorker();
        byte[] buffer = new byte[64];

        _harness.Server.Send(path, [1, 2, 3, 4, 5], segmentSize: 2);

        int length = 0;
        while (length < 11)
            length += await client.ReceiveAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken);
        Assert.Equal([0, 2, 1, 2, 0, 2, 3, 4, 0, 1, 5], buffer[..length]);
        Assert.Equal(3, Counters.FramesSent);
    }

    public static TheoryData<byte[]> NoChecks() =>
    [
        FrameTests.Framed([0x80, 111, 0, 1]),
        FrameTests.Framed(TcpHarness.Check(worker: 4)),
        FrameTests.Framed(new IceCheck(new IceCredentials(":", "password"), IceCredentials.Create()).ToBytes()),
        FrameTests.Framed(new IceCheck(RoutedFragment.Create(0), IceCredentials.Create()) { Type = StunMessageType.BindingIndication }.ToBytes()),
        FrameTests.Framed(new IceCheck(RoutedFragment.Create(0), IceCredentials.Create()) { Username = "" }.ToBytes()),
    ];

    [Theory]
    [MemberData(nameof(NoChecks))]
    public async Task Who_does_not_begin_with_a_check_for_one_of_our_workers_is_closed(byte[] stream)
    {
        Socket client = await _harness.Connect();
        await TcpHarness.Send(client, stream);

        await TcpHarness.ReadToEnd(client);
        await TcpHarness.Until(() => Counters.Closed(TcpCloseReason.NotIce) == 1);
        Assert.Empty(_harness.Received);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002")]
    public async Task Another_protocol_is_closed_at_its_first_bytes(string stream)
    {
        Socket client = await _harness.Connect();
        await TcpHarness.Send(client, Encoding.Latin1.GetBytes(stream));

        await TcpHarness.ReadToEnd(client);
        await TcpHarness.Until(() => Counters.Closed(TcpCloseReason.FrameTooLong) == 1);
    }

    [Fact]
    public async Task Who_says_nothing_or_is_not_answered_is_closed_after_five_seconds_and_who_is_answered_stays()
    {
        Socket silent = await _harness.Connect();
        (Socket stranger, _) = await _harness.ConnectToWorker();
        (_, NetworkPath known) = await _harness.ConnectToWorker();
        _harness.Server.Send(known, [1], segmentSize: 1);
        _harness.Advance(TcpConnection.AuthenticationTimeout - TimeSpan.FromSeconds(1));
        Assert.Equal(3, _harness.Server.Connections);

        _harness.Advance(TimeSpan.FromSeconds(1));

        await TcpHarness.ReadToEnd(silent);
        await TcpHarness.ReadToEnd(stranger);
        Assert.Equal(2, Counters.Closed(TcpCloseReason.NotAuthenticated));
        Assert.Equal(1, _harness.Server.Connections);
    }

    [Fact]
    public async Task Who_goes_on_without_an_answer_is_closed_before_it_costs_a_worker_much()
    {
        (Socket client, _) = await _harness.ConnectToWorker();

        await TcpHarness.Send(client, [.. Enumerable.Range(0, 100).SelectMany(i => FrameTests.Framed([20, (byte)i]))]);

        await TcpHarness.ReadToEnd(client);
        Assert.Equal(1, Counters.Closed(TcpCloseReason.NotAuthenticated));
        Assert.InRange(_harness.Received.Count, 1, 8);
    }

    [Fact]
    public async Task A_frame_that_does_not_go_on_is_closed_however_well_it_began()
    {
        (Socket client, NetworkPath path) = await _harness.ConnectToWorker();
        _harness.Server.Send(path, [1], segmentSize: 1);
        await TcpHarness.Send(client, [.. FrameTests.Framed([20, 1]), 0, 200, 1]);
        await TcpHarness.Until(() => _harness.Received.Count == 2);

        // Reading goes on behind what was received; the sweep closes it whenever it has begun.
        await TcpHarness.Until(() =>
        {
            _harness.Advance(TimeSpan.FromSeconds(1));
            _harness.Server.Send(path, [1], segmentSize: 1);
            return Counters.Closed(TcpCloseReason.FrameTooSlow) == 1;
        });
        await TcpHarness.ReadToEnd(client);
    }

    [Fact]
    public async Task Who_is_sent_nothing_for_a_minute_is_closed()
    {
        (Socket client, NetworkPath path) = await _harness.ConnectToWorker();
        _harness.Server.Send(path, [1], segmentSize: 1);
        _harness.Advance(TimeSpan.FromSeconds(1));

        _harness.Advance(TcpConnection.IdleTimeout);

        await TcpHarness.ReadToEnd(client);
        Assert.Equal(1, Counters.Closed(TcpCloseReason.Idle));
        _harness.Server.Send(path, [1, 2], segmentSize: 1);
        Assert.Equal(2, Counters.FramesDropped);
    }

    [Fact]
    public async Task Who_leaves_is_forgotten()
    {
        (Socket client, _) = await _harness.ConnectToWorker();

        client.Dispose();

        await TcpHarness.Until(() => _harness.Server.Connections == 0);
        Assert.Equal(1, Counters.Closed(TcpCloseReason.Client));
    }

    [Fact]
    public async Task More_than_the_limit_are_refused_and_those_inside_stay()
    {
        using var harness = new TcpHarness(new SfuOptions { TcpConnectionsPerAddress = 2 });
        (Socket first, NetworkPath path) = await harness.ConnectToWorker();
        await harness.ConnectToWorker();

        await harness.ConnectInVain();

        Assert.Equal(1, harness.Server.Counters.Closed(TcpCloseReason.AddressFull));
        harness.Server.Send(path, [7], segmentSize: 1);
        byte[] buffer = new byte[3];
        Assert.Equal(3, await first.ReceiveAsync(buffer, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_worker_without_room_loses_the_packet_and_keeps_the_connection()
    {
        (Socket client, _) = await _harness.ConnectToWorker();
        _harness.IsFull = true;
        await TcpHarness.Send(client, FrameTests.Framed([0x80, 1]));
        await TcpHarness.Until(() => Counters.FramesRefused == 1);

        _harness.IsFull = false;
        await TcpHarness.Send(client, FrameTests.Framed([0x80, 2]));

        await TcpHarness.Until(() => _harness.Received.Count == 2);
    }

    [Fact]
    public async Task The_end_of_the_server_closes_everything()
    {
        (Socket client, _) = await _harness.ConnectToWorker();

        _harness.Server.Dispose();

        await TcpHarness.ReadToEnd(client);
        Assert.Equal(1, Counters.Closed(TcpCloseReason.Stopping));
        Assert.Equal(0, _harness.Server.Connections);
    }
}
