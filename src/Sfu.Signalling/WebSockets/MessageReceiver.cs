using System.Buffers;
using System.Net.WebSockets;

namespace Sfu.Signalling.WebSockets;

/// <summary>Puts the frames of a WebSocket together to messages of a bounded size.</summary>
/// <remarks>An idle connection holds no buffer: it waits with an empty read, and rents one when bytes are there.</remarks>
internal sealed class MessageReceiver(WebSocket socket, int maxBytes) : IDisposable
{
    private const int FirstBufferBytes = 4_096;

    private byte[] _buffer = [];

    /// <summary>The bytes are valid until the next call.</summary>
    /// <exception cref="WebSocketException">The connection broke, or sent what is no WebSocket text (RFC 6455).</exception>
    public async ValueTask<ReceivedMessage> ReceiveAsync(CancellationToken cut)
    {
        Release();
        ValueWebSocketReceiveResult first = await socket.ReceiveAsync(Memory<byte>.Empty, cut);
        if (first.MessageType == WebSocketMessageType.Close)
            return new ReceivedMessage(ReceivedKind.Close, default);

        _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        int length = 0;
        bool complete = first.EndOfMessage;
        WebSocketMessageType type = first.MessageType;
        while (!complete)
        {
            if (length > maxBytes)
                return new ReceivedMessage(ReceivedKind.TooLarge, default);
            if (length == _buffer.Length)
                Grow();

            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(_buffer.AsMemory(length), cut);
            if (part.MessageType == WebSocketMessageType.Close)
                return new ReceivedMessage(ReceivedKind.Close, default);
            length += part.Count;
            complete = part.EndOfMessage;
            type = part.MessageType;
        }

        return length > maxBytes ? new ReceivedMessage(ReceivedKind.TooLarge, default)
            : type == WebSocketMessageType.Text ? new ReceivedMessage(ReceivedKind.Text, _buffer.AsMemory(0, length))
            : new ReceivedMessage(ReceivedKind.Binary, default);
    }

    public void Dispose() => Release();

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void Release()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
