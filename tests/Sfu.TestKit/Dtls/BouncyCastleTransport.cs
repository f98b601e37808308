using System.Collections.Concurrent;
using Org.BouncyCastle.Tls;

namespace Sfu.TestKit.Dtls;

/// <summary>Two queues of datagrams between BouncyCastle, which blocks on a thread of its own, and a test.</summary>
internal sealed class BouncyCastleTransport(int mtu) : DatagramTransport
{
    private readonly BlockingCollection<byte[]> _toClient = [];

    public BlockingCollection<byte[]> FromClient { get; } = [];

    public void Deliver(ReadOnlySpan<byte> datagram) => _toClient.Add(datagram.ToArray());

    public int GetReceiveLimit() => mtu;

    public int GetSendLimit() => mtu;

    public int Receive(byte[] buf, int off, int len, int waitMillis) => Receive(buf.AsSpan(off, len), waitMillis);

    public int Receive(Span<byte> buffer, int waitMillis)
    {
        if (!_toClient.TryTake(out byte[]? datagram, waitMillis))
            return -1;
        datagram.CopyTo(buffer);
        return datagram.Length;
    }

    public void Send(byte[] buf, int off, int len) => Send(buf.AsSpan(off, len));

    public void Send(ReadOnlySpan<byte> buffer)
    {
        if (!FromClient.IsAddingCompleted)
            FromClient.Add(buffer.ToArray());
    }

    public void Close()
    {
    }
}
