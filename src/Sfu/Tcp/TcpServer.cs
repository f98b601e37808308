using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sfu.Net;
using Sfu.Time;

namespace Sfu.Tcp;

/// <summary>The node's one TCP port (RFC 6544, passive): it accepts connections and leads each one to the worker of its peer.</summary>
/// <remarks>Thread-safe. Connections run on the thread pool; workers only copy into their queues.</remarks>
internal sealed class TcpServer : IFrameSender, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    /// <summary>After a failed accept: descriptors come back with time.</summary>
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);

    private readonly MediaClock _clock;
    private readonly ILogger _log;
    private readonly List<Socket> _listeners = [];
    private readonly ConnectionLimits _limits;
    private readonly ConcurrentDictionary<int, TcpConnection> _connections = new();
    private readonly ITimer _sweep;
    private IFrameReceiver? _receiver;
    private int _lastNumber;
    private volatile bool _stopping;

    /// <exception cref="SocketException">The port is taken or an address is not ours.</exception>
    public TcpServer(SfuOptions options, MediaClock clock, ILogger log)
    {
        _clock = clock;
        _log = log;
        _limits = new ConnectionLimits(options.TcpConnections, options.TcpConnectionsPerAddress);
        _sweep = clock.Provider.CreateTimer(static server => ((TcpServer)server!).Sweep(), this, SweepInterval, SweepInterval);
        try
        {
            foreach (IPAddress address in options.BindAddresses)
                _listeners.Add(TcpSocketOptions.Listen(new IPEndPoint(address, options.TcpPort ?? 0)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where it listens, with the ports that the system chose when it was to choose.</summary>
    public IReadOnlyList<IPEndPoint> Bound => [.. _listeners.Select(listener => (IPEndPoint)listener.LocalEndPoint!)];

    public TcpCounters Counters { get; } = new();

    /// <summary>Open now.</summary>
    public int Connections => _connections.Count;

    /// <summary>Begins to accept.</summary>
    public void Start(IFrameReceiver receiver)
    {
        _receiver = receiver;
        foreach (Socket listener in _listeners)
        {
            _log.TcpListening((IPEndPoint)listener.LocalEndPoint!);
            _ = AcceptAsync(listener);
        }
    }

    public void Send(in NetworkPath path, ReadOnlySpan<byte> message, int segmentSize)
    {
        if (_connections.TryGetValue(path.Socket, out TcpConnection? connection))
            connection.Send(message, segmentSize);
        else
            Counters.CountDropped((message.Length + segmentSize - 1) / segmentSize);
    }

    /// <summary>Closes everything; nothing is accepted afterwards.</summary>
    public void Dispose()
    {
        _stopping = true;
        _sweep.Dispose();
        _listeners.ForEach(listener => listener.Dispose());
        foreach (TcpConnection connection in _connections.Values)
            connection.Close(TcpCloseReason.Stopping);
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stopping)
        {
            try
            {
                Open(await listener.AcceptAsync().ConfigureAwait(false));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (_stopping)
                    return;
                _log.TcpAcceptFailed(e.Message);
                await Task.Delay(AcceptPause, _clock.Provider).ConfigureAwait(false);
            }
        }
    }

    private void Open(Socket socket)
    {
        TransportAddress remote;
        try
        {
            remote = TransportAddress.From((IPEndPoint)socket.RemoteEndPoint!);
            TcpSocketOptions.Prepare(socket);
        }
        catch (SocketException)
        {
            // It has gone again.
            socket.Dispose();
            Counters.CountClosed(TcpCloseReason.Client);
            return;
        }

        if (_limits.TryEnter(remote) is { } refused)
        {
            Counters.CountClosed(refused);
            socket.Close(timeout: 0);
            return;
        }

        Counters.CountOpened();
        var connection = new TcpConnection(socket, new NetworkPath(NextNumber(), remote), _receiver!, Counters, _clock, OnClosed);
        _connections[connection.Path.Socket] = connection;
        if (_stopping)
            connection.Close(TcpCloseReason.Stopping);
        _ = connection.RunAsync();
    }

    /// <summary>Comes round after two billion connections.</summary>
    private int NextNumber() =>
        NetworkPath.FirstConnection + (int)((uint)Interlocked.Increment(ref _lastNumber) % (int.MaxValue - NetworkPath.FirstConnection));

    private void OnClosed(TcpConnection connection)
    {
        _connections.TryRemove(connection.Path.Socket, out _);
        _limits.Leave(connection.Path.Remote);
    }

    private void Sweep()
    {
        Instant now = _clock.Now;
        foreach (TcpConnection connection in _connections.Values)
            connection.Sweep(now);
    }
}
