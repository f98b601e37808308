using System.Net;
using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.Time;

namespace Sfu.Microbenchmarks.Net;

/// <summary>A socket that gets whatever is sent to its port at any loopback address, and a thread that takes it out.</summary>
internal sealed class DrainedPort : IDisposable
{
    private const int BufferBytes = 8 << 20;
    private const int Tag = 0;

    private readonly UdpSocket _socket = new(new IPEndPoint(IPAddress.Any, 0), BufferBytes, BufferBytes);
    private readonly SocketCounters _counters = new();
    private readonly ReceiveRing _ring;
    private readonly EventLoop _loop = new();
    private readonly int[] _ready = new int[1];
    private readonly Thread _thread;
    private volatile bool _stopping;

    public DrainedPort()
    {
        _ring = new ReceiveRing(_counters, new DropCounters());
        _loop.Add(_socket, Tag);
        _thread = new Thread(Drain) { IsBackground = true, Name = "drain" };
    }

    public ushort Port => _socket.LocalAddress.Port;

    /// <summary>Any thread.</summary>
    public long Datagrams => _counters.DatagramsReceived;

    /// <summary>Takes what waits; only before <see cref="Start"/>.</summary>
    /// <returns>Datagrams to read from <see cref="Ring"/>.</returns>
    public int Receive() => _ring.Receive(_socket);

    public ReceiveRing Ring => _ring;

    public void Start() => _thread.Start();

    public void Dispose()
    {
        _stopping = true;
        _loop.Wake();
        _thread.Join();
        _loop.Dispose();
        _socket.Dispose();
    }

    private void Drain()
    {
        while (!_stopping)
        {
            if (_loop.Wait(default, Instant.Never, _ready) == 0)
                continue;
            while (_ring.Receive(_socket) == _ring.Capacity)
            {
            }
        }
    }
}
