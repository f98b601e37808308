using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sfu.LoadTest.Signalling;

/// <summary>A client's WebSocket with JSON in text messages. Owns it.</summary>
/// <remarks>Holds no buffer while nothing comes: there are thousands of them.</remarks>
internal sealed class JsonSocket(WebSocket socket) : IAsyncDisposable
{
    private const int BufferLength = 16 * 1024;

    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(2);

    private Task _draining = Task.CompletedTask;

    /// <summary>Messages that <see cref="ExpectAsync"/> has read.</summary>
    public int Messages { get; private set; }

    /// <summary>Of <see cref="Messages"/>.</summary>
    public long Bytes { get; private set; }

    public Task SendAsync(JsonObject message, CancellationToken cancellation) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellation);

    /// <summary>The next message of this type; others are passed over.</summary>
    /// <exception cref="SignallingException">The server closes, or sends an error or more than fits.</exception>
    public async Task<JsonElement> ExpectAsync(string type, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (true)
            {
                JsonElement message = await ReceiveAsync(buffer, cancellation);
                string? actual = message.GetProperty("type").GetString();
                if (actual == type)
                    return message;
                if (actual == "error")
                    throw new SignallingException($"The server says {message.GetProperty("code").GetString()}");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>From now on messages are read and forgotten, until the end.</summary>
    /// <param name="onMessage">Each; null for nothing.</param>
    /// <param name="onEnd">Gets why it ended.</param>
    public void Drain(Action? onMessage, Action<string> onEnd) => _draining = DrainAsync(onMessage, onEnd);

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(LeavePatience);
        try
        {
            if (socket.State == WebSocketState.Open)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            await _draining.WaitAsync(patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The end either way.
        }

        socket.Dispose();
    }

    private async Task<JsonElement> ReceiveAsync(byte[] buffer, CancellationToken cancellation)
    {
        int length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            if (length == buffer.Length)
                throw new SignallingException("The server sent a message that is too long");
            part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new SignallingException(Closed);
            length += part.Count;
        }
        while (!part.EndOfMessage);

        Messages++;
        Bytes += length;
        return JsonElement.Parse(buffer.AsSpan(0, length));
    }

    private async Task DrainAsync(Action? onMessage, Action<string> onEnd)
    {
        try
        {
            while (true)
            {
                await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
                try
                {
                    ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                    if (part.MessageType == WebSocketMessageType.Close)
                    {
                        onEnd(Closed);
                        return;
                    }

                    if (part.EndOfMessage)
                        onMessage?.Invoke();
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            onEnd($"WebSocket: {e.Message}");
        }
    }

    private string Closed => $"The server closed with {(int?)socket.CloseStatus}";
}
