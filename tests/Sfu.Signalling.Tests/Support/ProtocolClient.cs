using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Sfu.Signalling.Tests.Support;

/// <summary>A client of the protocol that knows nothing of the server's types.</summary>
internal sealed class ProtocolClient : IAsyncDisposable
{
    /// <summary>Only a test that fails waits so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[128 * 1024];
    private int _id;

    private ProtocolClient()
    {
    }

    public JsonObject Welcome { get; private set; } = [];

    public JsonObject Offer { get; private set; } = [];

    public string ResumeToken => (string)Welcome["resumeToken"]!;

    public string SessionId => (string)Welcome["sessionId"]!;

    public int CloseCode => (int)_socket.CloseStatus!;

    public static async Task<ProtocolClient> ConnectAsync(Uri server, string? forwardedFor = null)
    {
        var client = new ProtocolClient();
        client._socket.Options.AddSubProtocol("sfu.v1");
        if (forwardedFor is not null)
            client._socket.Options.SetRequestHeader("X-Forwarded-For", forwardedFor);
        using var guard = new CancellationTokenSource(Patience);
        await client._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/v1/ws" }.Uri, guard.Token);
        return client;
    }

    public async Task JoinAsync(string room, string token, bool onStage = false)
    {
        await SendAsync(new JsonObject { ["type"] = "join", ["v"] = 1, ["room"] = room, ["token"] = token, ["onStage"] = onStage });
        Welcome = await ExpectAsync("welcome");
        Offer = await ExpectAsync("offer");
    }

    public async Task ResumeAsync(string token)
    {
        await SendAsync(new JsonObject { ["type"] = "resume", ["v"] = 1, ["resumeToken"] = token });
        Welcome = await ExpectAsync("welcome");
    }

    public Task SendAsync(JsonObject message) => SendAsync(message.ToJsonString());

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, bool endOfMessage = true)
    {
        using var guard = new CancellationTokenSource(Patience);
        await _socket.SendAsync(bytes, type, endOfMessage, guard.Token);
    }

    /// <summary>Sends with an id and waits for what carries it; events that come in between are passed over.</summary>
    public async Task<JsonObject> RequestAsync(JsonObject message)
    {
        string id = $"r{++_id}";
        message["id"] = id;
        await SendAsync(message);
        while (true)
        {
            JsonObject answer = await ReceiveAsync();
            if ((string?)answer["re"] == id)
                return answer;
        }
    }

    public Task<JsonObject> RequestAsync(string json) => RequestAsync(JsonNode.Parse(json)!.AsObject());

    /// <summary>The next message.</summary>
    public async Task<JsonObject> ReceiveAsync() =>
        await TryReceiveAsync() ?? throw new InvalidOperationException($"Closed with {_socket.CloseStatus} {_socket.CloseStatusDescription}");

    /// <returns>Null when the server closed.</returns>
    public async Task<JsonObject?> TryReceiveAsync()
    {
        using var guard = new CancellationTokenSource(Patience);
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(_buffer.AsMemory(length), guard.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (part.EndOfMessage)
                return JsonNode.Parse(_buffer.AsSpan(0, length))!.AsObject();
        }
    }

    /// <summary>The next message of this type; others are passed over.</summary>
    public async Task<JsonObject> ExpectAsync(string type)
    {
        while (true)
        {
            JsonObject message = await ReceiveAsync();
            if ((string?)message["type"] == type)
                return message;
            Assert.NotEqual("error", (string?)message["type"]);
        }
    }

    /// <summary>Receives until the server closes; the last messages before come out.</summary>
    public async Task<List<JsonObject>> ReceiveUntilClosedAsync()
    {
        var messages = new List<JsonObject>();
        while (await TryReceiveAsync() is { } message)
            messages.Add(message);
        return messages;
    }

    /// <summary>Receives until the connection is over, in whatever way.</summary>
    public async Task ReceiveUntilGoneAsync()
    {
        try
        {
            await ReceiveUntilClosedAsync();
        }
        catch (WebSocketException)
        {
            // Cut.
        }
    }

    /// <summary>As a lost network does: no close frame.</summary>
    public void Abort() => _socket.Abort();

    public async Task CloseAsync(int code)
    {
        using var guard = new CancellationTokenSource(Patience);
        await _socket.CloseAsync((WebSocketCloseStatus)code, "", guard.Token);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
