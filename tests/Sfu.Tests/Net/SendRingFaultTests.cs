using System.Net;
using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.Net.Interop;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Net;

namespace Sfu.Tests.Net;

public sealed class SendRingFaultTests : IDisposable
{
    private readonly UdpSocket _socket = new(new IPEndPoint(IPAddress.Loopback, 0), 1 << 20, 1 << 20);
    private readonly LoopbackPeer _peer = new();
    private readonly LoopbackPeer _other = new();
    private readonly SocketCounters _counters = new();
    private readonly DropCounters _drops = new();
    private readonly RecordingLogger _logger = new();
    private readonly FaultySocketCalls _calls = new();
    private readonly SendRing _ring;

    public SendRingFaultTests()
    {
        _ring = new SendRing([_socket], _counters, _drops, _logger, _calls, messages: 64, bytes: 65_536);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _peer.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void What_a_call_leaves_over_goes_with_the_next()
    {
        _calls.ScriptSends(3, 1, 4);
        for (byte i = 0; i < 20; i++)
            Commit(_peer, i);
        _ring.Flush();

        Assert.Equal([20, 17, 16, 12], _calls.SendCounts);
        Assert.Equal(Enumerable.Range(0, 20), _peer.Receive(20).Select(datagram => (int)datagram[0]));
        Assert.Equal(20, _counters.DatagramsSent);
    }

    [Fact]
    public void An_interrupted_call_is_made_again()
    {
        _calls.ScriptSends(-Errno.Interrupted, -Errno.Interrupted, -Errno.Interrupted);
        Commit(_peer, 1);
        _ring.Flush();

        Assert.Equal([1], _peer.Receive(1)[0]);
        AssertNothingDropped();
    }

    [Fact]
    public void A_full_socket_is_tried_once_more()
    {
        _calls.ScriptSends(-Errno.Again);
        Commit(_peer, 1);
        _ring.Flush();

        Assert.Equal([1], _peer.Receive(1)[0]);
        AssertNothingDropped();
    }

    [Fact]
    public void What_a_full_socket_does_not_take_is_dropped_without_waiting()
    {
        _calls.ScriptSends(-Errno.Again, -Errno.Again, -Errno.Again);
        for (byte i = 0; i < 4; i++)
            Commit(_peer, i);
        _ring.Flush();

        Assert.Equal([4, 4, 3, 2], _calls.SendCounts);
        Assert.Equal([2, 3], _peer.Receive(2).Select(datagram => datagram[0]));
        Assert.Equal(2, _drops[DropReason.SendWouldBlock]);
    }

    [Theory]
    [InlineData(Errno.NoBufferSpace, DropReason.SendNoBuffers)]
    [InlineData(Errno.ConnectionRefused, DropReason.SendRefused)]
    [InlineData(Errno.MessageSize, DropReason.SendFailed)]
    [InlineData(Errno.PermissionDenied, DropReason.SendFailed)]
    [InlineData(Errno.NetworkUnreachable, DropReason.SendFailed)]
    [InlineData(Errno.Invalid, DropReason.SendFailed)]
    [InlineData(Errno.InputOutput, DropReason.SendFailed)]
    public void The_failure_of_one_receiver_costs_no_other_one(int errno, DropReason reason)
    {
        _calls.FailPort(_other.Address.Port, errno);
        for (byte i = 0; i < 9; i++)
            Commit(i % 3 == 1 ? _other : _peer, i);
        _ring.Flush();

        Assert.Equal([0, 2, 3, 5, 6, 8], _peer.Receive(6).Select(datagram => datagram[0]));
        Assert.Equal(3, _drops[reason]);
        Assert.Equal(6, _counters.DatagramsSent);
        Assert.True(_socket.Segments);
    }

    [Fact]
    public void A_refusal_that_an_earlier_datagram_earned_costs_nothing()
    {
        _calls.ScriptSends(-Errno.ConnectionRefused);
        Commit(_peer, 1);
        Commit(_peer, 2);
        _ring.Flush();

        Assert.Equal([1, 2], _peer.Receive(2).Select(datagram => datagram[0]));
        AssertNothingDropped();
    }

    [Fact]
    public void A_drop_counts_the_datagrams_of_a_message()
    {
        _calls.FailPort(_peer.Address.Port, Errno.NoBufferSpace);
        Commit(_peer, 1, length: 250, segmentSize: 100);
        _ring.Flush();

        Assert.Equal(3, _drops[DropReason.SendNoBuffers]);
    }

    [Theory]
    [InlineData(Errno.InputOutput)]
    [InlineData(Errno.Invalid)]
    [InlineData(Errno.NoProtocolOption)]
    [InlineData(Errno.NotSupported)]
    public void A_socket_whose_segmentation_is_refused_sends_single_datagrams_from_then_on(int errno)
    {
        _calls.SegmentationErrno = errno;
        Commit(_peer, 0);
        Commit(_peer, 1, length: 250, segmentSize: 100);
        Commit(_peer, 2, length: 30, segmentSize: 20);
        Commit(_peer, 3);
        _ring.Flush();
        Commit(_peer, 4, length: 250, segmentSize: 100);
        Commit(_peer, 5);
        _calls.SendCounts.Clear();
        _ring.Flush();

        List<byte[]> received = _peer.Receive(11);
        Assert.Equal([0, 1, 1, 1, 2, 2, 3, 4, 4, 4, 5], received.Select(datagram => datagram[0]));
        Assert.Equal([1, 100, 100, 50, 20, 10, 1, 100, 100, 50, 1], received.Select(datagram => datagram.Length));
        Assert.Equal([4], _calls.SendCounts);
        Assert.Equal(errno, _socket.SegmentationErrno);
        Assert.Equal(2, _counters.SegmentationFallbacks);
        Assert.Equal(0, _counters.SegmentedMessages);
        Assert.Equal(11, _counters.DatagramsSent);
        AssertNothingDropped();
        (int _, string text) = Assert.Single(_logger.Messages);
        Assert.Contains(errno.ToString(), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Single_datagrams_of_a_message_that_finds_the_table_almost_full_keep_their_bytes()
    {
        _socket.RefuseSegmentation(Errno.InputOutput);
        for (byte i = 0; i < 62; i++)
            Commit(_peer, i);
        Commit(_peer, 100, length: 35, segmentSize: 10);
        for (byte i = 0; i < 62; i++)
            Commit(_peer, i);
        _ring.Flush();

        List<byte[]> received = _peer.Receive(62 + 4 + 62);
        Assert.Equal([10, 10, 10, 5], received.Skip(62).Take(4).Select(datagram => datagram.Length));
        Assert.All(received.Skip(62).Take(4), datagram => Assert.All(datagram, item => Assert.Equal(100, item)));
        Assert.Equal(Enumerable.Range(0, 62), received.Skip(66).Select(datagram => (int)datagram[0]));
    }

    [Theory]
    [InlineData(Errno.Invalid)]
    [InlineData(Errno.MessageSize)]
    public void A_path_that_is_too_narrow_for_a_segment_does_not_cost_the_socket_its_segmentation(int errno)
    {
        Commit(_peer, 1, length: 20, segmentSize: 10);
        _ring.Flush();
        _calls.SegmentationErrno = errno;
        Commit(_peer, 2, length: 20, segmentSize: 10);
        _ring.Flush();

        Assert.Equal([1, 1, 2, 2], _peer.Receive(4).Select(datagram => datagram[0]));
        Assert.True(_socket.Segments);
        Assert.Equal(1, _counters.SegmentationFallbacks);
        Assert.Empty(_logger.Messages);
    }

    [Fact]
    public void An_address_that_refuses_single_datagrams_too_says_nothing_about_segmentation()
    {
        _calls.FailPort(_other.Address.Port, Errno.Invalid);
        Commit(_other, 1, length: 30, segmentSize: 10);
        Commit(_peer, 2, length: 30, segmentSize: 10);
        _ring.Flush();

        Assert.Equal(3, _peer.Receive(3).Count);
        Assert.True(_socket.Segments);
        Assert.Equal(3, _drops[DropReason.SendFailed]);
        Assert.Equal(0, _counters.SegmentationFallbacks);
    }

    private void AssertNothingDropped()
    {
        for (DropReason reason = DropReason.None; reason < DropReason.Count; reason++)
            Assert.Equal(0, _drops[reason]);
    }

    private void Commit(LoopbackPeer to, byte filling, int length = 1, int? segmentSize = null)
    {
        _ring.Reserve(length)[..length].Fill(filling);
        _ring.Commit(new NetworkPath(0, to.Address), length, segmentSize ?? length);
    }
}
