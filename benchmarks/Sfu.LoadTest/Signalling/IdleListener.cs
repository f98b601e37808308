using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sfu.LoadTest.Signalling;

/// <summary>Joins, never answers the offer, and counts what it is told.</summary>
internal sealed class IdleListener(Uri address, HttpMessageInvoker http) : IAsyncDisposable
{
    private const int BufferLength = 16 * 1024;

    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket _socket = new();
    private Task _counting = Task.CompletedTask;
    private long _messages;

    /// <summary>Until it was inside.</summary>
    public int OwnMessages { get; private set; }

    public long OwnBytes { get; private set; }

    /// <summary>Since. Any thread.</summary>
    public long OtherMessages => Interlocked.Read(ref _messages);

    /// <exception cref="SignallingException">The server does not want to.</exception>
    public async Task JoinAsync(ClientIdentity identity, CancellationToken cancellation)
    {
        _socket.Options.AddSubProtocol("sfu.v1");
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        try
        {
            await _socket.ConnectAsync(address, http, cancellation);
            var join = new JsonObject { ["type"] = "join", ["v"] = 1, ["room"] = identity.Room, ["token"] = identity.Token };
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(join), WebSocketMessageType.Text, endOfMessage: true, cancellation);
            string? type;
            do
            {
                type = await ReceiveAsync(cancellation);
                if (type == "error")
                    throw new SignallingException("The server refuses the join");
            }
            while (type != "offer");
        }
        catch (WebSocketException e)
        {
            throw new SignallingException($"WebSocket: {e.Message}", e);
        }

        _counting = CountAsync();
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(LeavePatience);
        try
        {
            if (_socket.State == WebSocketState.Open)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            await _counting.WaitAsync(patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The end either way.
        }

        _socket.Dispose();
    }

    private async Task<string?> ReceiveAsync(CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
                if (part.MessageType == WebSocketMessageType.Close)
                    throw new SignallingException($"The server closed with {(int?)_socket.CloseStatus}");
                length += part.Count;
            }
            while (!part.EndOfMessage);

            OwnMessages++;
            OwnBytes += length;
            return JsonElement.Parse(buffer.AsSpan(0, length)).GetProperty("type").GetString();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Holds no buffer while nothing comes.</summary>
    private async Task CountAsync()
    {
        try
        {
            while (true)
            {
                await _socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
                try
                {
                    ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                    if (part.MessageType == WebSocketMessageType.Close)
                        return;
                    if (part.EndOfMessage)
                        Interlocked.Increment(ref _messages);
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Gone; what it was told by then counts.
        }
    }
}
