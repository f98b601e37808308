using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sfu.LoadTest.Signalling;

/// <summary>One WebSocket to a Janus server with one session on it, which holds the handles of all listeners. Any thread.</summary>
/// <remarks>Janus's API over WebSockets, subprotocol <c>janus-protocol</c>.</remarks>
internal sealed class JanusConnection : IAsyncDisposable
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
    private long _transactions;
    private long _session;
    private Task _receiving = Task.CompletedTask;
    private Task _keepingAlive = Task.CompletedTask;

    private JanusConnection() => _socket.Options.AddSubProtocol(Protocol);

    /// <param name="server">Such as <c>ws://10.200.0.1:8188</c>.</param>
    public static async Task<JanusConnection> ConnectAsync(Uri server, CancellationToken cancellation)
    {
        var connection = new JanusConnection();
        await connection._socket.ConnectAsync(server, cancellation);
        connection._receiving = connection.ReceiveAsync();
        JsonElement created = await connection.RequestAsync(new JsonObject { ["janus"] = "create" }, cancellation);
        connection._session = created.GetProperty("data").GetProperty("id").GetInt64();
        connection._keepingAlive = connection.KeepAliveAsync();
        return connection;
    }

    /// <returns>A handle of the plugin.</returns>
    public async Task<long> AttachAsync(string plugin, CancellationToken cancellation)
    {
        JsonElement attached = await RequestAsync(new JsonObject { ["janus"] = "attach", ["plugin"] = plugin }, cancellation);
        return attached.GetProperty("data").GetProperty("id").GetInt64();
    }

    /// <returns>The plugin's event that answers the message.</returns>
    public Task<JsonElement> MessageAsync(long handle, JsonObject body, JsonObject? jsep, CancellationToken cancellation)
    {
        var message = new JsonObject { ["janus"] = "message", ["handle_id"] = handle, ["body"] = body };
        if (jsep is not null)
            message["jsep"] = jsep;
        return RequestAsync(message, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_receiving, _keepingAlive);
        _socket.Dispose();
        _sending.Dispose();
        _ending.Dispose();
    }

    private async Task<JsonElement> RequestAsync(JsonObject request, CancellationToken cancellation)
    {
        string transaction = Interlocked.Increment(ref _transactions).ToString(CultureInfo.InvariantCulture);
        request["transaction"] = transaction;
        if (_session != 0)
            request["session_id"] = _session;
        var answered = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests[transaction] = answered;
        await _sending.WaitAsync(cancellation);
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(request), WebSocketMessageType.Text, true, cancellation);
        }
        finally
        {
            _sending.Release();
        }

        return await answered.Task.WaitAsync(RequestTimeout, cancellation);
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[BufferBytes];
        int length = 0;
        try
        {
            while (!_ending.IsCancellationRequested)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(length), _ending.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                    break;
                length += part.Count;
                if (!part.EndOfMessage)
                    continue;
                using var message = JsonDocument.Parse(buffer.AsMemory(0, length));
                Answer(message.RootElement.Clone());
                length = 0;
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or JsonException)
        {
        }

        foreach (TaskCompletionSource<JsonElement> request in _requests.Values)
            request.TrySetException(new InvalidOperationException("The connection to Janus ended."));
    }

    /// <remarks>A message is acknowledged first; the plugin's event with the same transaction, which may even overtake that, is the answer.</remarks>
    private void Answer(JsonElement message)
    {
        string? kind = message.GetProperty("janus").GetString();
        if (kind == "ack"
            || !message.TryGetProperty("transaction", out JsonElement transaction)
            || !_requests.TryRemove(transaction.GetString()!, out TaskCompletionSource<JsonElement>? request))
            return;
        if (kind is "success" or "event")
            request.TrySetResult(message);
        else
            request.TrySetException(new InvalidOperationException("Janus refused: " + message.GetRawText()));
    }

    private async Task KeepAliveAsync()
    {
        using var timer = new PeriodicTimer(KeepAliveInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
                await SendKeepAliveAsync();
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
        }
    }

    /// <remarks>Answered by an acknowledgement alone.</remarks>
    private async Task SendKeepAliveAsync()
    {
        var message = new JsonObject { ["janus"] = "keepalive", ["session_id"] = _session, ["transaction"] = "keepalive" };
        await _sending.WaitAsync(_ending.Token);
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, _ending.Token);
        }
        finally
        {
            _sending.Release();
        }
    }
}
