using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Sfu.LoadTest.Signalling;

/// <summary>Joins, never answers the offer, and counts what it is told.</summary>
internal sealed class IdleListener : IAsyncDisposable
{
    private readonly Uri _address;
    private readonly HttpMessageInvoker _http;
    private readonly ClientWebSocket _socket = new();
    private readonly JsonSocket _messages;
    private long _others;

    public IdleListener(Uri address, HttpMessageInvoker http)
    {
        _address = address;
        _http = http;
        _messages = new JsonSocket(_socket);
    }

    /// <summary>Until it was inside.</summary>
    public int OwnMessages => _messages.Messages;

    public long OwnBytes => _messages.Bytes;

    /// <summary>Since. Any thread.</summary>
    public long OtherMessages => Interlocked.Read(ref _others);

    /// <exception cref="SignallingException">The server does not want to.</exception>
    public async Task JoinAsync(ClientIdentity identity, CancellationToken cancellation)
    {
        _socket.Options.AddSubProtocol("sfu.v1");
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        try
        {
            await _socket.ConnectAsync(_address, _http, cancellation);
            await _messages.SendAsync(new JsonObject { ["type"] = "join", ["v"] = 1, ["room"] = identity.Room, ["token"] = identity.Token }, cancellation);
            await _messages.ExpectAsync("offer", cancellation);
        }
        catch (WebSocketException e)
        {
            throw new SignallingException($"WebSocket: {e.Message}", e);
        }

        // What it was told by the end counts.
        _messages.Drain(() => Interlocked.Increment(ref _others), static _ => { });
    }

    public ValueTask DisposeAsync() => _messages.DisposeAsync();
}
