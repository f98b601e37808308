using Sfu.Net;

namespace Sfu.TestKit.Net;

/// <summary>Keeps every datagram that is committed, segmented messages cut as the kernel would cut them.</summary>
public sealed class RecordingSender : IDatagramSender
{
    private readonly List<SentDatagram> _datagrams = [];
    private byte[] _reservation = [];

    /// <summary>Committed datagrams in their order, flushed or not.</summary>
    public IReadOnlyList<SentDatagram> Datagrams => _datagrams;

    /// <summary>Commits since the start.</summary>
    public int Messages { get; private set; }

    public int Flushes { get; private set; }

    /// <summary>Committed datagrams that no flush has followed.</summary>
    public int Unflushed { get; private set; }

    public Span<byte> Reserve(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, SendRing.MaxMessageLength);
        _reservation = new byte[length];
        return _reservation;
    }

    public void Commit(in NetworkPath path, int length, int segmentSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _reservation.Length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(segmentSize);
        int segments = (length - 1) / segmentSize + 1;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segments, SendRing.MaxSegments);
        for (int offset = 0; offset < length; offset += segmentSize)
        {
            byte[] payload = _reservation.AsSpan(offset, Math.Min(segmentSize, length - offset)).ToArray();
            _datagrams.Add(new SentDatagram(path, payload, Messages));
        }

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
        _datagrams.Where(sent => sent.Path.Remote == remote).Select(sent => sent.Payload).ToList();

    /// <summary>The datagrams kept so far, which are then forgotten.</summary>
    public List<SentDatagram> Take()
    {
        List<SentDatagram> taken = [.. _datagrams];
        _datagrams.Clear();
        return taken;
    }
}
