using Sfu.Net;
using Sfu.TestKit.Net;

namespace Sfu.Tests.Net;

public sealed class FakeSenderTests
{
    private static readonly NetworkPath Path = new(2, TransportAddress.FromIPv4(0x0A00_0001, 1000));

    [Fact]
    public void A_recording_sender_cuts_segments_and_keeps_copies()
    {
        RecordingSender sender = new();
        Span<byte> bytes = sender.Reserve(5);
        new byte[] { 1, 2, 3, 4, 5 }.CopyTo(bytes);
        sender.Commit(Path, 5, 2);
        Assert.Equal(3, sender.Datagrams.Count);
        bytes.Clear();

        Assert.Equal(["0102", "0304", "05"], sender.Datagrams.Select(sent => Convert.ToHexString(sent.Payload)));
        Assert.All(sender.Datagrams, sent => Assert.Equal((Path, 0), (sent.Path, sent.Message)));
        Assert.Equal(3, sender.Unflushed);
        sender.Flush();
        Assert.Equal((0, 1, 1), (sender.Unflushed, sender.Flushes, sender.Messages));
    }

    [Fact]
    public void A_recording_sender_sorts_by_receiver_and_forgets_what_is_taken()
    {
        RecordingSender sender = new();
        NetworkPath other = new(2, TransportAddress.FromIPv4(0x0A00_0002, 1000));
        foreach (NetworkPath path in new[] { Path, other, Path })
        {
            sender.Reserve(1)[0] = (byte)sender.Messages;
            sender.Commit(path, 1, 1);
        }

        Assert.Equal([0, 2], sender.PayloadsTo(Path.Remote).Select(payload => payload[0]));
        Assert.Equal(3, sender.Take().Count);
        Assert.Empty(sender.Datagrams);
    }

    [Fact]
    public void A_recording_sender_is_as_strict_as_the_ring()
    {
        RecordingSender sender = new();
        sender.Reserve(10);

        Assert.Throws<ArgumentOutOfRangeException>(() => sender.Commit(Path, 11, 11));
        Assert.Throws<ArgumentOutOfRangeException>(() => sender.Commit(Path, 10, 0));
        sender.Commit(Path, 10, 10);
        Assert.Throws<ArgumentOutOfRangeException>(() => sender.Commit(Path, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sender.Reserve(65_001).Length);
        sender.Reserve(65);
        Assert.Throws<ArgumentOutOfRangeException>(() => sender.Commit(Path, 65, 1));
    }

    [Fact]
    public void A_null_sender_counts()
    {
        NullSender sender = new();
        Assert.Equal(100, sender.Reserve(100).Length);
        sender.Commit(Path, 100, 30);
        sender.Flush();

        Assert.Equal((1, 4, 100, 1), (sender.Messages, sender.Datagrams, sender.Bytes, sender.Flushes));
    }
}
