using Sfu.Net;

namespace Sfu.TestKit.Net;

/// <summary>Keeps every datagram that is committed, segmented messages cut as the kernel would cut them.</summary>
/// <param name="beforeSend">Completed before anybody looks at what is committed, and not earlier.</param>
public sealed class RecordingSender(IBeforeSend? beforeSend = null) : IDatagramSender
{
    private readonly List<SentDatagram> _datagrams = [];
    private readonly List<(NetworkPath Path, byte[] Message, int Length, int SegmentSize, int Number)> _uncut = [];
    private byte[] _reservation = [];

    /// <summary>Committed datagrams in their order, flushed or not.</summary>
    public IReadOnlyList<SentDatagram> Datagrams => Cut();

    /// <summary>Commits since the start.</summary>
    public int Messages { get; private set; }

    public int Flushes { get; private set; }

    /// <summary>Committed datagrams that no flush has followed.</summary>
    public int Unflushed { get; private set; }

    public Span<byte> Reserve(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, SendRing.MaxMessageLength);
        _reservation = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        return _reservation;
    }

    public void Commit(in NetworkPath path, int length, int segmentSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _reservation.Length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(segmentSize);
        int segments = (length - 1) / segmentSize + 1;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segments, SendRing.MaxSegments);
        _uncut.Add((path, _reservation, length, segmentSize, Messages));
        Messages++;
        Unflushed += segments;
        _reservation = [];
    }

    public void Flush()
    {
        Flushes++;
        Unflushed = 0;
    }

    /// <summary>The payloads that went to one address, in their order.</summary>
    public List<byte[]> PayloadsTo(TransportAddress remote) =>
        Cut().Where(sent => sent.Path.Remote == remote).Select(sent => sent.Payload).ToList();

    /// <summary>The datagrams kept so far, which are then forgotten.</summary>
    public List<SentDatagram> Take()
    {
        List<SentDatagram> taken = [.. Cut()];
        _datagrams.Clear();
        return taken;
    }

    private List<SentDatagram> Cut()
    {
        beforeSend?.Complete();
        foreach ((NetworkPath path, byte[] message, int length, int segmentSize, int number) in _uncut)
        {
            for (int offset = 0; offset < length; offset += segmentSize)
                _datagrams.Add(new SentDatagram(path, message.AsSpan(offset, Math.Min(segmentSize, length - offset)).ToArray(), number));
        }

        _uncut.Clear();
        return _datagrams;
    }
}
