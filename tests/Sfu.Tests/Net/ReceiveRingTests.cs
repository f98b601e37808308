using System.Net;
using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.Net.Interop;
using Sfu.TestKit.Net;
using Sfu.Time;

namespace Sfu.Tests.Net;

public sealed class ReceiveRingTests : IDisposable
{
    private readonly UdpSocket _socket = new(new IPEndPoint(IPAddress.Loopback, 0), 1 << 20, 1 << 20);
    private readonly LoopbackPeer _peer = new();
    private readonly SocketCounters _counters = new();
    private readonly DropCounters _drops = new();
    private readonly FaultySocketCalls _calls = new();

    public void Dispose()
    {
        _socket.Dispose();
        _peer.Dispose();
    }

    [Fact]
    public void Nothing_waits_is_zero_datagrams_and_no_error()
    {
        ReceiveRing ring = new(_counters, _drops);

        Assert.Equal(0, ring.Receive(_socket));
        Assert.Equal(1, _counters.ReceiveCalls);
        Assert.Equal(0, _counters.ReceiveErrors);
    }

    [Fact]
    public void Payloads_and_sources_come_out_as_they_were_sent()
    {
        using LoopbackPeer other = new();
        ReceiveRing ring = new(_counters, _drops);
        _peer.Send(_socket.LocalAddress, 1, 2, 3);
        other.Send(_socket.LocalAddress, 4);

        List<(byte[] Payload, TransportAddress Source)> received = ReceiveAll(ring, 2);

        Assert.Equal([1, 2, 3], received[0].Payload);
        Assert.Equal(_peer.Address, received[0].Source);
        Assert.Equal([4], received[1].Payload);
        Assert.Equal(other.Address, received[1].Source);
        Assert.Equal(2, _counters.DatagramsReceived);
        Assert.Equal(4, _counters.BytesReceived);
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("::")]
    public void Sources_of_IPv6_are_known(string local)
    {
        UdpSocketTests.SkipWithoutIPv6();
        using UdpSocket socket = new(new IPEndPoint(IPAddress.Parse(local), 0), 1 << 16, 1 << 16);
        using LoopbackPeer peer = new(IPAddress.IPv6Loopback);
        ReceiveRing ring = new(_counters, _drops);

        peer.Send(TransportAddress.From(new IPEndPoint(IPAddress.IPv6Loopback, socket.LocalEndPoint.Port)), 1);

        Assert.Equal(peer.Address, ReceiveAll(ring, 1, socket)[0].Source);
    }

    [Fact]
    public void The_source_of_an_IPv4_datagram_is_IPv4_on_a_socket_of_both_families()
    {
        UdpSocketTests.SkipWithoutIPv6();
        using UdpSocket socket = new(new IPEndPoint(IPAddress.IPv6Any, 0), 1 << 16, 1 << 16);
        ReceiveRing ring = new(_counters, _drops);

        _peer.Send(TransportAddress.From(new IPEndPoint(IPAddress.Loopback, socket.LocalEndPoint.Port)), 1);

        Assert.Equal(_peer.Address, ReceiveAll(ring, 1, socket)[0].Source);
    }

    [Fact]
    public void One_ring_serves_sockets_of_both_families_in_turn()
    {
        UdpSocketTests.SkipWithoutIPv6();
        using LoopbackPeer modern = new(IPAddress.IPv6Loopback);
        using UdpSocket socket = new(new IPEndPoint(IPAddress.IPv6Loopback, 0), 1 << 16, 1 << 16);
        ReceiveRing ring = new(_counters, _drops);
        for (int i = 0; i < 3; i++)
        {
            _peer.Send(_socket.LocalAddress, 4);
            modern.Send(socket.LocalAddress, 6);

            Assert.Equal(_peer.Address, ReceiveAll(ring, 1)[0].Source);
            Assert.Equal(modern.Address, ReceiveAll(ring, 1, socket)[0].Source);
        }
    }

    [Fact]
    public void A_burst_that_is_longer_than_the_ring_comes_in_several_batches()
    {
        ReceiveRing ring = new(_counters, _drops);
        for (int i = 0; i < 150; i++)
            _peer.Send(_socket.LocalAddress, (byte)i);

        List<(byte[] Payload, TransportAddress Source)> received = ReceiveAll(ring, 150);

        Assert.Equal(64, ring.Capacity);
        Assert.Equal(Enumerable.Range(0, 150), received.Select(datagram => (int)datagram.Payload[0]));
        Assert.All(received, datagram => Assert.Equal(_peer.Address, datagram.Source));
    }

    [Fact]
    public void A_datagram_that_is_too_long_is_dropped_and_its_neighbours_are_not()
    {
        ReceiveRing ring = new(_counters, _drops, datagramLength: 100);
        _peer.Send(_socket.LocalAddress, 1);
        _peer.Send(_socket.LocalAddress, new byte[101]);
        _peer.Send(_socket.LocalAddress, new byte[100]);
        _peer.Send(_socket.LocalAddress, 4, 4);

        List<(byte[] Payload, TransportAddress Source)> received = ReceiveAll(ring, 3);

        Assert.Equal([1, 100, 2], received.Select(datagram => datagram.Payload.Length));
        Assert.Equal(1, _drops[DropReason.DatagramTruncated]);
        Assert.Equal(4, _counters.DatagramsReceived);
    }

    [Fact]
    public void Pending_errors_and_interruptions_do_not_hide_what_waits()
    {
        ReceiveRing ring = new(_counters, _drops, _calls, 64, 2048);
        _calls.ScriptReceives(-Errno.ConnectionRefused, -Errno.Interrupted, -Errno.NetworkUnreachable);
        _peer.Send(_socket.LocalAddress, 9);

        WaitUntilReadable(_socket);
        Assert.Equal(1, ring.Receive(_socket));
        Assert.Equal([9], ring.Datagram(0).ToArray());
        Assert.Equal(2, _counters.ReceiveErrors);
    }

    [Fact]
    public void A_socket_that_only_gives_errors_is_given_up_for_this_turn()
    {
        ReceiveRing ring = new(_counters, _drops, _calls, 64, 2048);
        _calls.ScriptReceives([.. Enumerable.Repeat(-Errno.InputOutput, 100)]);

        Assert.Equal(0, ring.Receive(_socket));
        Assert.InRange(_counters.ReceiveErrors, 2, 20);
    }

    private List<(byte[] Payload, TransportAddress Source)> ReceiveAll(ReceiveRing ring, int count, UdpSocket? socket = null)
    {
        socket ??= _socket;
        List<(byte[] Payload, TransportAddress Source)> received = [];
        while (received.Count < count)
        {
            WaitUntilReadable(socket);
            int batch = ring.Receive(socket);
            for (int i = 0; i < batch; i++)
                received.Add((ring.Datagram(i).ToArray(), ring.Source(i)));
        }

        return received;
    }

    private static void WaitUntilReadable(UdpSocket socket)
    {
        using EventLoop loop = new();
        loop.Add(socket, 0);
        Assert.Equal(1, loop.Wait(default, new Instant(30_000_000), new int[1]));
    }
}
