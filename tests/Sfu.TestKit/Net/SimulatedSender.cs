using Sfu.Net;
using Sfu.Time;

namespace Sfu.TestKit.Net;

/// <summary>A worker's sockets on a <see cref="SimulatedNetwork"/>: what is committed is on its way at the next flush.</summary>
/// <param name="network">Carries the datagrams.</param>
/// <param name="beforeSend">Of the worker, completed before what is committed leaves; null where there is none.</param>
/// <param name="sockets">The local addresses, by the index that <see cref="NetworkPath.Socket"/> holds.</param>
public sealed class SimulatedSender(SimulatedNetwork network, IBeforeSend? beforeSend, params TransportAddress[] sockets) : IDatagramSender
{
    private readonly RecordingSender _batch = new(beforeSend);
    private readonly byte[] _discarded = GC.AllocateUninitializedArray<byte>(SendRing.MaxMessageLength, pinned: true);

    /// <summary>Where TCP paths begin.</summary>
    public TransportAddress TcpAddress { get; init; }

    /// <summary>The time that datagrams are sent at; the test keeps it.</summary>
    public Instant Now { get; set; }

    /// <summary>While true, what is committed is only counted, without allocation.</summary>
    public bool Discards { get; set; }

    /// <summary>Datagrams, not messages.</summary>
    public long Discarded { get; private set; }

    public Span<byte> Reserve(int length) => Discards ? _discarded : _batch.Reserve(length);

    public void Commit(in NetworkPath path, int length, int segmentSize)
    {
        if (Discards)
        {
            // The next message is written over this one.
            beforeSend?.Complete();
            Discarded += (length + segmentSize - 1) / segmentSize;
        }
        else
        {
            _batch.Commit(path, length, segmentSize);
        }
    }

    public void Flush()
    {
        if (Discards)
            return;
        foreach (SentDatagram sent in _batch.Take())
            network.Send(sent.Path.IsTcp ? TcpAddress : sockets[sent.Path.Socket], sent.Path.Remote, sent.Payload, Now);
    }
}
