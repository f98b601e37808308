using System.Net;
using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Net;

namespace Sfu.Tests.Net;

/// <summary>What goes to TCP paths goes through the same ring.</summary>
public sealed class SendRingFramesTests : IFrameSender, IBeforeSend, IDisposable
{
    private readonly UdpSocket _socket = new(new IPEndPoint(IPAddress.Loopback, 0), 1 << 20, 1 << 20);
    private readonly LoopbackPeer _peer = new();
    private readonly List<(NetworkPath Path, byte[] Message, int SegmentSize)> _frames = [];
    private readonly DropCounters _drops = new();
    private readonly SendRing _ring;
    private readonly NetworkPath _tcp = new(NetworkPath.FirstConnection + 7, TransportAddress.FromIPv4(0x7F000001, 5_000));
    private Memory<byte> _tag;

    public SendRingFramesTests()
    {
        _ring = new SendRing([_socket], new SocketCounters(), _drops, new RecordingLogger(), messages: 64, bytes: 65_536, beforeSend: this, frames: this);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _peer.Dispose();
    }

    [Fact]
    public void Frames_are_handed_over_with_the_flush_and_datagrams_are_sent_beside_them()
    {
        Commit(_tcp, [1, 2, 3], 2);
        Commit(new NetworkPath(0, _peer.Address), [4], 1);
        Commit(_tcp, [5], 1);
        Assert.Empty(_frames);

        _ring.Flush();

        Assert.Equal([4], _peer.Receive(1)[0]);
        Assert.Equal([(_tcp, 2), (_tcp, 1)], _frames.Select(f => (f.Path, f.SegmentSize)));
        Assert.Equal([[1, 2, 3], [5]], _frames.Select(f => f.Message));

        _ring.Flush();
        Assert.Equal(2, _frames.Count);
    }

    [Fact]
    public void More_frames_than_the_ring_holds_are_handed_over_in_between()
    {
        for (int i = 0; i < 1_000; i++)
            Commit(_tcp, [(byte)i, (byte)(i >> 8)], 2);
        _ring.Flush();

        Assert.Equal(Enumerable.Range(0, 1_000), _frames.Select(f => f.Message[0] | f.Message[1] << 8));
    }

    [Fact]
    public void What_waits_for_its_tag_gets_it_before_it_is_handed_over()
    {
        Commit(_tcp, [1, 0], 2);
        _tag = new byte[] { 99 };

        _ring.Flush();

        Assert.True(_tag.IsEmpty);
        Assert.Equal(1, Assert.Single(_frames).Message[0]);
    }

    [Fact]
    public void Without_tcp_such_a_path_is_a_fault_of_the_caller()
    {
        var ring = new SendRing([_socket], new SocketCounters(), _drops, new RecordingLogger());
        ring.Reserve(10);

        Assert.ThrowsAny<ArgumentException>(() => ring.Commit(_tcp, 1, 1));
    }

    void IFrameSender.Send(in NetworkPath path, ReadOnlySpan<byte> message, int segmentSize)
    {
        Assert.True(_tag.IsEmpty, "The tags are to be complete.");
        _frames.Add((path, message.ToArray(), segmentSize));
    }

    void IBeforeSend.Complete() => _tag = default;

    private void Commit(in NetworkPath path, byte[] payload, int segmentSize)
    {
        payload.CopyTo(_ring.Reserve(payload.Length));
        _ring.Commit(path, payload.Length, segmentSize);
    }
}
