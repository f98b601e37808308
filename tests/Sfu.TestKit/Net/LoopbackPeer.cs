using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.Time;

namespace Sfu.TestKit.Net;

/// <summary>A real socket on the loopback interface that collects what it is sent.</summary>
public sealed class LoopbackPeer : IDisposable
{
    /// <summary>How long an expected datagram may take before the test is called failed. Nothing else depends on it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int BufferBytes = 1 << 20;

    private readonly ReceiveRing _ring = new(new SocketCounters(), new DropCounters(), datagramLength: 65_536);
    private readonly EventLoop _loop = new();
    private readonly int[] _ready = new int[1];
    private readonly SendRing _sender;

    public LoopbackPeer(IPAddress? address = null)
    {
        Socket = new UdpSocket(new IPEndPoint(address ?? IPAddress.Loopback, 0), BufferBytes, BufferBytes);
        _loop.Add(Socket, 0);
        _sender = new SendRing([Socket], new SocketCounters(), new DropCounters(), NullLogger.Instance);
    }

    public UdpSocket Socket { get; }

    public TransportAddress Address => Socket.LocalAddress;

    /// <summary>Sends one datagram at once.</summary>
    public void Send(TransportAddress to, params ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(_sender.Reserve(payload.Length));
        _sender.Commit(new NetworkPath(0, to), payload.Length, payload.Length);
        _sender.Flush();
    }

    /// <summary>Waits for datagrams.</summary>
    /// <exception cref="TimeoutException">They did not come.</exception>
    public List<byte[]> Receive(int count) => [.. ReceiveFrom(count).Select(received => received.Payload)];

    /// <inheritdoc cref="Receive"/>
    public List<(byte[] Payload, TransportAddress Source)> ReceiveFrom(int count)
    {
        List<(byte[] Payload, TransportAddress Source)> received = [];
        while (received.Count < count)
        {
            if (_loop.Wait(default, default(Instant) + Patience, _ready) == 0)
                throw new TimeoutException($"{received.Count} of {count} datagrams came.");
            int batch = _ring.Receive(Socket);
            for (int i = 0; i < batch; i++)
                received.Add((_ring.Datagram(i).ToArray(), _ring.Source(i)));
        }

        return received;
    }

    public void Dispose()
    {
        _loop.Dispose();
        Socket.Dispose();
    }
}
