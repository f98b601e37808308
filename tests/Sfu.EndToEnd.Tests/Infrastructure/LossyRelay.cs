using System.Net;
using System.Net.Sockets;

namespace Sfu.EndToEnd.Tests;

/// <summary>Stands between the clients and the server's media port, on 127.0.0.2, and loses the first media packets that go to each new client.</summary>
/// <remarks>Each client gets a socket of its own towards the server, as a NAT would do.</remarks>
internal sealed class LossyRelay : IAsyncDisposable
{
    /// <summary>RFC 7983: first bytes of RTP and RTCP.</summary>
    private const byte FirstMedia = 128;
    private const byte LastMedia = 191;

    private readonly int _lost;
    private readonly UdpClient _front;
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _tasks = [];
    private int _dropped;

    public LossyRelay(int mediaPort, int lostPackets)
    {
        _lost = lostPackets;
        _server = new IPEndPoint(IPAddress.Loopback, mediaPort);
        _front = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), mediaPort));
        _tasks.Add(Forward());
    }

    /// <summary>Media packets lost so far, of the client that lost most.</summary>
    public int Dropped => _dropped;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_tasks);
        _front.Dispose();
        _stop.Dispose();
    }

    private async Task Forward()
    {
        var sockets = new Dictionary<IPEndPoint, UdpClient>();
        try
        {
            while (true)
            {
                UdpReceiveResult received = await _front.ReceiveAsync(_stop.Token);
                if (!sockets.TryGetValue(received.RemoteEndPoint, out UdpClient? socket))
                {
                    socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
                    sockets.Add(received.RemoteEndPoint, socket);
                    _tasks.Add(Return(socket, received.RemoteEndPoint));
                }

                await socket.SendAsync(received.Buffer, _server, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            foreach (UdpClient socket in sockets.Values)
                socket.Dispose();
        }
    }

    private async Task Return(UdpClient socket, IPEndPoint client)
    {
        int dropped = 0;
        try
        {
            while (true)
            {
                UdpReceiveResult received = await socket.ReceiveAsync(_stop.Token);
                if (received.Buffer[0] is >= FirstMedia and <= LastMedia && dropped < _lost)
                {
                    dropped++;
                    _dropped = Math.Max(_dropped, dropped);
                    continue;
                }

                await _front.SendAsync(received.Buffer, client, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
