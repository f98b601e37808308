using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Sfu.Signalling.Diagnostics;

namespace Sfu.Signalling.WebSockets;

/// <summary>All connections: how many there may be, and their common end.</summary>
internal sealed class ConnectionHub(SignallingServices services)
{
    private readonly ConcurrentDictionary<ClientConnection, Task> _connections = new();
    private int _count;
    private volatile bool _stopping;

    public bool IsStopping => _stopping;

    /// <returns>False when there are as many as may be; else <see cref="Leave"/> must follow.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= services.Settings.Signalling.MaxConnections && !_stopping)
            return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _count);

    /// <summary>Ends when the client is gone.</summary>
    public async Task RunAsync(WebSocket socket, IPAddress? address)
    {
        using var connection = new ClientConnection(socket, address, services);
        var done = new TaskCompletionSource();
        _connections[connection] = done.Task;
        services.Metrics.Connected();
        try
        {
            // After it is in the list, so that either this or StopAsync sees the other.
            if (_stopping)
                connection.Stop();
            await connection.RunAsync();
        }
        finally
        {
            services.Metrics.Disconnected();
            _connections.TryRemove(connection, out _);
            done.SetResult();
        }
    }

    /// <summary>Says goodbye to everybody and waits until they are gone; whoever is not by then is cut off.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        _stopping = true;
        KeyValuePair<ClientConnection, Task>[] connections = [.. _connections];
        services.Log.Stopping(connections.Length);
        foreach ((ClientConnection connection, _) in connections)
            connection.Stop();
        try
        {
            await Task.WhenAll(connections.Select(c => c.Value)).WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            foreach ((ClientConnection connection, _) in _connections)
                connection.Cut();
        }
    }
}
