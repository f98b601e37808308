using System.Net;
using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Net;

namespace Sfu.Tests.Net;

public sealed class SendRingTests : IDisposable
{
    private readonly UdpSocket _socket = new(new IPEndPoint(IPAddress.Loopback, 0), 1 << 20, 1 << 20);
    private readonly LoopbackPeer _peer = new();
    private readonly SocketCounters _counters = new();
    private readonly DropCounters _drops = new();
    private readonly FaultySocketCalls _calls = new();
    private readonly SendRing _ring;

    public SendRingTests()
    {
        _ring = new SendRing([_socket], _counters, _drops, new RecordingLogger(), _calls, messages: 64, bytes: 65_536);
    }

    private NetworkPath Path => new(0, _peer.Address);

    public void Dispose()
    {
        _socket.Dispose();
        _peer.Dispose();
    }

    [Fact]
    public void Nothing_leaves_before_the_flush_and_one_call_takes_it_all()
    {
        for (byte i = 0; i < 10; i++)
            Commit(Path, [i, i], 2);
        Assert.Empty(_calls.SendCounts);

        _ring.Flush();

        Assert.Equal([10], _calls.SendCounts);
        Assert.Equal(Enumerable.Range(0, 10), _peer.Receive(10).Select(datagram => (int)datagram[0]));
        Assert.Equal(10, _counters.DatagramsSent);
        Assert.Equal(10, _counters.MessagesSent);
        Assert.Equal(20, _counters.BytesSent);
        Assert.Equal(1, _counters.SendCalls);
        Assert.Equal(0, _counters.SegmentedMessages);
    }

    [Fact]
    public void A_flush_of_nothing_calls_nothing()
    {
        _ring.Flush();

        Assert.Empty(_calls.SendCounts);
    }

    [Fact]
    public void Segments_arrive_as_datagrams_and_the_last_may_be_shorter()
    {
        byte[] payload = Payload(200 + 200 + 77);

        Commit(Path, payload, 200);
        _ring.Flush();

        List<byte[]> received = _peer.Receive(3);
        Assert.Equal([200, 200, 77], received.Select(datagram => datagram.Length));
        Assert.Equal(payload, received.SelectMany(datagram => datagram));
        Assert.Equal(1, _counters.MessagesSent);
        Assert.Equal(1, _counters.SegmentedMessages);
        Assert.Equal(3, _counters.DatagramsSent);
    }

    [Fact]
    public void Segmented_and_single_messages_go_in_one_call()
    {
        Commit(Path, Payload(3), 3);
        Commit(Path, Payload(300), 100);
        Commit(Path, Payload(4), 4);
        Commit(Path, Payload(50), 49);

        _ring.Flush();

        Assert.Equal([3, 100, 100, 100, 4, 49, 1], _peer.Receive(7).Select(datagram => datagram.Length));
        Assert.Equal([4], _calls.SendCounts);
    }

    [Fact]
    public void Sixty_four_segments_go_in_one_message()
    {
        Commit(Path, Payload(64 * 10), 10);
        _ring.Flush();

        Assert.Equal(64, _peer.Receive(64).Count);
        Assert.Equal(1, _counters.MessagesSent);
        Assert.Equal(0, _counters.SegmentationFallbacks);
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("::")]
    public void IPv6_and_its_segments_work_as_well(string local)
    {
        UdpSocketTests.SkipWithoutIPv6();
        using UdpSocket socket = new(new IPEndPoint(IPAddress.Parse(local), 0), 1 << 16, 1 << 16);
        using LoopbackPeer peer = new(IPAddress.IPv6Loopback);
        SendRing ring = new([socket], _counters, _drops, new RecordingLogger());

        Commit(ring, new NetworkPath(0, peer.Address), Payload(25), 10);
        ring.Flush();

        Assert.Equal([10, 10, 5], peer.Receive(3).Select(datagram => datagram.Length));
        Assert.Equal(1, _counters.SegmentedMessages);
    }

    [Fact]
    public void A_datagram_leaves_by_the_socket_of_its_path()
    {
        using UdpSocket second = new(new IPEndPoint(IPAddress.Loopback, 0), 1 << 16, 1 << 16);
        using LoopbackPeer peer = new();
        SendRing ring = new([_socket, second], _counters, _drops, new RecordingLogger(), _calls);
        byte[] sockets = [0, 0, 1, 0, 1, 1];
        foreach (byte socket in sockets)
            Commit(ring, new NetworkPath(socket, peer.Address), [socket], 1);

        ring.Flush();

        List<(byte[] Payload, TransportAddress Source)> received = peer.ReceiveFrom(sockets.Length);
        Assert.Equal(sockets, received.Select(datagram => datagram.Payload[0]));
        Assert.All(received, datagram =>
            Assert.Equal(datagram.Payload[0] == 0 ? _socket.LocalAddress : second.LocalAddress, datagram.Source));
        Assert.Equal([2, 1, 1, 2], _calls.SendCounts);
    }

    [Fact]
    public void A_full_table_flushes_itself_and_loses_nothing()
    {
        for (int i = 0; i < 200; i++)
            Commit(Path, [(byte)i], 1);
        _ring.Flush();

        Assert.Equal([64, 64, 64, 8], _calls.SendCounts);
        Assert.Equal(Enumerable.Range(0, 200), _peer.Receive(200).Select(datagram => (int)datagram[0]));
    }

    [Fact]
    public void Full_memory_flushes_itself_and_loses_nothing()
    {
        for (int i = 0; i < 5; i++)
            Commit(Path, Payload(30_000, seed: i), 30_000);
        _ring.Flush();

        Assert.Equal([2, 2, 1], _calls.SendCounts);
        List<byte[]> received = _peer.Receive(5);
        for (int i = 0; i < 5; i++)
            Assert.Equal(Payload(30_000, seed: i), received[i]);
    }

    [Fact]
    public void A_reservation_that_is_not_committed_is_given_up()
    {
        _ring.Reserve(100).Fill(0xEE);
        Commit(Path, [1], 1);
        _ring.Reserve(50).Fill(0xEE);
        Commit(Path, [2], 1);
        _ring.Reserve(10);
        _ring.Flush();

        Assert.Equal([1, 2], _peer.Receive(2).Select(datagram => datagram.Single()));
        Assert.Equal(2, _counters.DatagramsSent);
    }

    [Fact]
    public void Less_than_reserved_may_be_committed()
    {
        Span<byte> reservation = _ring.Reserve(1000);
        Assert.True(reservation.Length >= 1000);
        reservation[..3].Fill(3);
        _ring.Commit(Path, 3, 3);
        _ring.Flush();

        Assert.Equal([3, 3, 3], _peer.Receive(1)[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(SendRing.MaxMessageLength + 1)]
    public void Reservations_out_of_range_are_a_fault_of_the_caller(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _ring.Reserve(length).Length);

    [Theory]
    [InlineData(101, 101, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(100, 0, 0)]
    [InlineData(100, -1, 0)]
    [InlineData(65, 1, 0)]
    [InlineData(100, 100, 1)]
    public void Commits_out_of_range_are_a_fault_of_the_caller(int length, int segmentSize, byte socket)
    {
        _ring.Reserve(100);

        Assert.Throws<ArgumentOutOfRangeException>(() =>
            _ring.Commit(new NetworkPath(socket, _peer.Address), length, segmentSize));
    }

    [Fact]
    public void A_second_commit_needs_a_second_reservation()
    {
        _ring.Reserve(10);
        _ring.Commit(Path, 5, 5);

        Assert.Throws<ArgumentOutOfRangeException>(() => _ring.Commit(Path, 1, 1));
    }

    [Fact]
    public void An_address_that_the_socket_cannot_reach_is_a_counted_drop()
    {
        Commit(new NetworkPath(0, TransportAddress.From(new IPEndPoint(IPAddress.IPv6Loopback, 9))), Payload(30), 10);
        Commit(default, [1], 1);
        Commit(Path, [2], 1);
        _ring.Flush();

        Assert.Equal([2], _peer.Receive(1)[0]);
        Assert.Equal(4, _drops[DropReason.SendFailed]);
        Assert.Equal(1, _counters.DatagramsSent);
    }

    [Fact]
    public void A_disposed_socket_sends_and_receives_nothing_and_throws_nothing()
    {
        Commit(Path, [1], 1);
        _socket.Dispose();
        _ring.Flush();

        Assert.Equal(1, _drops[DropReason.SendFailed]);
        Assert.Equal(0, new ReceiveRing(_counters, _drops).Receive(_socket));
    }

    [Fact]
    public void Sending_and_receiving_allocate_nothing()
    {
        ReceiveRing receiver = new(_counters, _drops);
        NetworkPath path = Path;

        long allocated = Allocations.Of(() =>
        {
            for (int round = 0; round < 100; round++)
            {
                for (int i = 0; i < 8; i++)
                {
                    _ring.Reserve(300).Fill((byte)i);
                    _ring.Commit(path, 300, i % 2 == 0 ? 300 : 128);
                }

                _ring.Flush();
                int batch = receiver.Receive(_peer.Socket);
                for (int i = 0; i < batch; i++)
                {
                    Assert.True(receiver.Datagram(i).Length > 0);
                    Assert.True(receiver.Source(i) == _socket.LocalAddress);
                }

                _calls.SendCounts.Clear();
            }
        });

        Assert.Equal(0, allocated);
        Assert.True(_counters.DatagramsReceived > 0);
        Assert.True(_counters.SegmentedMessages > 0);
    }

    [Fact]
    public void Work_put_off_is_done_before_the_kernel_gets_the_bytes_also_when_the_ring_is_full()
    {
        Deferred deferred = new();
        SendRing ring = new([_socket], _counters, _drops, new RecordingLogger(), _calls, messages: 64, bytes: 65_536, deferred);
        deferred.Sends = () => _calls.SendCounts.Count;
        for (int i = 0; i < 65; i++)
            Commit(ring, Path, [1], 1);
        Assert.Equal([0], deferred.SendsBefore);
        Assert.Equal([64], _calls.SendCounts);

        ring.Flush();

        Assert.Equal([0, 1], deferred.SendsBefore);
        Assert.Equal(2, _calls.SendCounts.Count);
    }

    [Fact]
    public void Work_put_off_is_done_before_its_bytes_are_written_over()
    {
        Deferred deferred = new();
        SendRing ring = new([_socket], _counters, _drops, new RecordingLogger(), _calls, messages: 64, bytes: 65_536, deferred);
        Commit(ring, Path, [1], 1);
        Assert.Empty(deferred.SendsBefore);

        Commit(ring, default, [2], 1);
        Assert.Single(deferred.SendsBefore);

        ring.Reserve(10);
        Assert.Single(deferred.SendsBefore);
        ring.Reserve(10);
        Assert.Equal(2, deferred.SendsBefore.Count);
    }

    private static byte[] Payload(int length, int seed = 1)
    {
        byte[] payload = new byte[length];
        new Random(seed).NextBytes(payload);
        return payload;
    }

    private static void Commit(SendRing ring, NetworkPath path, ReadOnlySpan<byte> payload, int segmentSize)
    {
        payload.CopyTo(ring.Reserve(payload.Length));
        ring.Commit(path, payload.Length, segmentSize);
    }

    private void Commit(NetworkPath path, ReadOnlySpan<byte> payload, int segmentSize) =>
        Commit(_ring, path, payload, segmentSize);

    private sealed class Deferred : IBeforeSend
    {
        public Func<int> Sends { get; set; } = () => 0;

        /// <summary>For each completion, the calls that the kernel had seen.</summary>
        public List<int> SendsBefore { get; } = [];

        public void Complete() => SendsBefore.Add(Sends());
    }
}
