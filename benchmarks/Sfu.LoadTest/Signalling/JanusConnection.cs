using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sfu.LoadTest.Signalling;

/// <summary>One WebSocket to a Janus server with one session on it, which holds the handles of all listeners. Any thread.</summary>
/// <remarks>Janus's API over WebSockets, subprotocol <c>janus-protocol</c>.</remarks>
internal sealed class JanusConnection : IDisposable
{
    private const string Protocol = "janus-protocol";
    private const int BufferBytes = 64 * 1024;

    // Janus ends a session of which it has heard nothing for 60 seconds.
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _requests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, string> _ended = new();
    private volatile string? _failure;
    private long _transactions;
    private long _session;

    private JanusConnection() => _socket.Options.AddSubProtocol(Protocol);

    /// <param name="server">Such as <c>ws://10.200.0.1:8188</c>.</param>
    /// <exception cref="SignallingException">There is no Janus, or it does not want to.</exception>
    public static async Task<JanusConnection> ConnectAsync(Uri server, CancellationToken cancellation)
    {
        var connection = new JanusConnection();
        try
        {
            await connection._socket.ConnectAsync(server, cancellation);
            _ = connection.ReceiveAsync();
            JsonElement created = await connection.RequestAsync(new JsonObject { ["janus"] = "create" }, cancellation);
            connection._session = created.GetProperty("data").GetProperty("id").GetInt64();
            _ = connection.KeepAliveAsync();
            return connection;
        }
        catch (WebSocketException e)
        {
            connection.Dispose();
            throw new SignallingException($"WebSocket: {e.Message}", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <returns>A handle of the plugin.</returns>
    public async Task<long> AttachAsync(string plugin, CancellationToken cancellation)
    {
        JsonElement attached = await RequestAsync(new JsonObject { ["janus"] = "attach", ["plugin"] = plugin }, cancellation);
        return attached.GetProperty("data").GetProperty("id").GetInt64();
    }

    /// <summary>Ends a handle and its media.</summary>
    public Task DetachAsync(long handle, CancellationToken cancellation) =>
        RequestAsync(new JsonObject { ["janus"] = "detach", ["handle_id"] = handle }, cancellation);

    /// <returns>The plugin's event that answers the message.</returns>
    public Task<JsonElement> MessageAsync(long handle, JsonObject body, JsonObject? jsep, CancellationToken cancellation)
    {
        var message = new JsonObject { ["janus"] = "message", ["handle_id"] = handle, ["body"] = body };
        if (jsep is not null)
            message["jsep"] = jsep;
        return RequestAsync(message, cancellation);
    }

    /// <returns>Why the handle's media or the whole connection ended; null while they last.</returns>
    public string? EndOf(long handle) => _ended.GetValueOrDefault(handle) ?? _failure;

    public void Dispose()
    {
        _ending.Cancel();
        _socket.Dispose();
    }

    private async Task<JsonElement> RequestAsync(JsonObject request, CancellationToken cancellation)
    {
        string transaction = Interlocked.Increment(ref _transactions).ToString(CultureInfo.InvariantCulture);
        var answered = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests[transaction] = answered;
        if (_failure is { } failure)
            throw new SignallingException(failure);
        await SendAsync(request, transaction, cancellation);
        return await answered.Task.WaitAsync(RequestTimeout, cancellation);
    }

    private async Task SendAsync(JsonObject message, string transaction, CancellationToken cancellation)
    {
        message["transaction"] = transaction;
        if (_session != 0)
            message["session_id"] = _session;
        await _sending.WaitAsync(cancellation);
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, cancellation);
        }
        catch (WebSocketException e)
        {
            throw new SignallingException($"WebSocket: {e.Message}", e);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[BufferBytes];
        int length = 0;
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(length), _ending.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                    break;
                length += part.Count;
                if (!part.EndOfMessage)
                    continue;
                Take(JsonElement.Parse(buffer.AsSpan(0, length)));
                length = 0;
            }

            _failure = "Janus closed the connection";
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or WebSocketException or JsonException)
        {
            _failure = $"WebSocket: {e.Message}";
        }

        foreach (TaskCompletionSource<JsonElement> request in _requests.Values)
            request.TrySetException(new SignallingException(_failure));
    }

    /// <remarks>A message is acknowledged first; the plugin's event with the same transaction, which may even overtake that, is the answer.</remarks>
    private void Take(JsonElement message)
    {
        string? kind = message.GetProperty("janus").GetString();
        if (kind == "hangup")
            _ended[message.GetProperty("sender").GetInt64()] = $"Janus hung up: {message.GetProperty("reason").GetString()}";
        if (kind == "ack"
            || !message.TryGetProperty("transaction", out JsonElement transaction)
            || !_requests.TryRemove(transaction.GetString()!, out TaskCompletionSource<JsonElement>? request))
            return;
        if (kind is "success" or "event" && !JanusErrors.IsIn(message))
            request.TrySetResult(message);
        else
            request.TrySetException(new SignallingException($"Janus says {JanusErrors.Of(message)}"));
    }

    private async Task KeepAliveAsync()
    {
        using var timer = new PeriodicTimer(KeepAliveInterval);
        try
        {
            // It is answered by an acknowledgement alone.
            while (await timer.WaitForNextTickAsync(_ending.Token))
                await SendAsync(new JsonObject { ["janus"] = "keepalive" }, "keepalive", _ending.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SignallingException)
        {
            // Whoever receives says what has happened.
        }
    }
}
