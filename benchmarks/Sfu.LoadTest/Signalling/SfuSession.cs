using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.TestKit.Sdp;

namespace Sfu.LoadTest.Signalling;

/// <summary>One client's WebSocket. After the answer its messages are read and forgotten, with no buffer held in between.</summary>
internal sealed class SfuSession : IStageSession
{
    private const int BufferLength = 16 * 1024;

    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;
    private Task _drain = Task.CompletedTask;

    private SfuSession(WebSocket socket, string id, ServerMedia media)
    {
        _socket = socket;
        Id = id;
        Media = media;
    }

    public string Id { get; }

    public ServerMedia Media { get; }

    public string? Ended { get; private set; }

    public static async Task<SfuSession> JoinAsync(WebSocket socket, ClientIdentity identity, CancellationToken cancellation)
    {
        await SendAsync(
            socket,
            new JsonObject { ["type"] = "join", ["v"] = 1, ["room"] = identity.Room, ["token"] = identity.Token, ["onStage"] = identity.Role == ClientRole.Speaker },
            cancellation);
        JsonElement self = (await ExpectAsync(socket, "welcome", cancellation)).GetProperty("self");
        JsonElement offer = await ExpectAsync(socket, "offer", cancellation);
        return new SfuSession(
            socket, self.GetProperty("id").GetString()!, OfferText.Read(offer.GetProperty("sdp").GetString()!, self.GetProperty("csrc").GetUInt32()));
    }

    public async Task AnswerAsync(IceCredentials local, Fingerprint fingerprint, uint? microphoneSsrc, CancellationToken cancellation)
    {
        string sdp = new TestAnswer(local, fingerprint) { Slots = Media.Slots, MicrophoneSsrc = microphoneSsrc }.ToString();
        await SendAsync(_socket, new JsonObject { ["type"] = "answer", ["generation"] = 1, ["sdp"] = sdp }, cancellation);
        _drain = DrainAsync();
    }

    public async Task InviteAsync(string id, CancellationToken cancellation)
    {
        await SendAsync(_socket, new JsonObject { ["type"] = "invite", ["participants"] = new JsonArray(id), ["id"] = "1" }, cancellation);
        await ExpectAsync(_socket, "ok", cancellation);
    }

    public Task AcceptAsync(CancellationToken cancellation) => SendAsync(_socket, new JsonObject { ["type"] = "accept-invitation" }, cancellation);

    public Task StepDownAsync(CancellationToken cancellation) =>
        SendAsync(_socket, new JsonObject { ["type"] = "stage", ["on"] = false }, cancellation);

    /// <summary>Leaves.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(LeavePatience);
        try
        {
            if (_socket.State == WebSocketState.Open)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            await _drain.WaitAsync(patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The end either way.
        }

        _socket.Dispose();
    }

    private async Task DrainAsync()
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
                    {
                        Ended = $"The server closed with {(int?)_socket.CloseStatus}";
                        return;
                    }
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            Ended = $"WebSocket: {e.Message}";
        }
    }

    private static Task SendAsync(WebSocket socket, JsonObject message, CancellationToken cancellation) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellation);

    /// <summary>The next message of this type; others are passed over.</summary>
    private static async Task<JsonElement> ExpectAsync(WebSocket socket, string type, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (true)
            {
                int length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    if (length == buffer.Length)
                        throw new SignallingException("The server sent a message that is too long");
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
                    if (part.MessageType == WebSocketMessageType.Close)
                        throw new SignallingException($"The server closed with {(int?)socket.CloseStatus}");
                    length += part.Count;
                }
                while (!part.EndOfMessage);

                JsonElement message = JsonElement.Parse(buffer.AsSpan(0, length));
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
}
