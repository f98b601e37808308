using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sfu.LoadTest.Tests.Signalling;

/// <summary>Answers as Janus 1.1.2 was seen to: events overtake acknowledgements, refusals come in two forms.</summary>
internal sealed class FakeJanus : IAsyncDisposable
{
    private const long Session = 11;
    private const long Handle = 22;

    private readonly WebApplication _application;

    private FakeJanus(WebApplication application) => _application = application;

    /// <summary>What it was asked, one object each.</summary>
    public List<JsonElement> Requests { get; } = [];

    /// <summary>Refuses to let watch.</summary>
    public bool HasNoMountpoint { get; set; }

    /// <summary>Hangs up as soon as the answer has come.</summary>
    public bool HangsUp { get; set; }

    public Uri Address =>
        new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("http", "ws", StringComparison.Ordinal));

    public static async Task<FakeJanus> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var fake = new FakeJanus(builder.Build());
        fake._application.UseWebSockets();
        fake._application.Run(async context => await fake.ServeAsync(await context.WebSockets.AcceptWebSocketAsync("janus-protocol")));
        await fake._application.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task ServeAsync(WebSocket socket)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                JsonElement request = JsonElement.Parse(buffer.AsSpan(0, part.Count));
                Requests.Add(request);
                foreach (JsonObject answer in Answers(request))
                    await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(answer), WebSocketMessageType.Text, true, CancellationToken.None);
            }
        }
        catch (WebSocketException)
        {
            // The client left without a word.
        }
    }

    private IEnumerable<JsonObject> Answers(JsonElement request)
    {
        string transaction = request.GetProperty("transaction").GetString()!;
        JsonObject Message(string kind) => new() { ["janus"] = kind, ["session_id"] = Session, ["transaction"] = transaction };
        JsonObject Success(long id)
        {
            JsonObject message = Message("success");
            message["data"] = new JsonObject { ["id"] = id };
            return message;
        }

        JsonObject Event(JsonObject data, JsonObject? jsep)
        {
            JsonObject message = Message("event");
            message["sender"] = Handle;
            message["plugindata"] = new JsonObject { ["plugin"] = "janus.plugin.streaming", ["data"] = data };
            message["jsep"] = jsep;
            return message;
        }

        switch (request.GetProperty("janus").GetString())
        {
            case "create":
                return [Success(Session)];
            case "attach":
                return [Success(Handle)];
            case "detach":
                return [Message("success")];
            case "message" when request.GetProperty("body").GetProperty("request").GetString() == "watch":
                return HasNoMountpoint
                    ? [Message("ack"), Event(new JsonObject { ["error_code"] = 455, ["error"] = "No such mountpoint/stream 1" }, null)]
                    : [Event([], new JsonObject { ["type"] = "offer", ["sdp"] = JanusOffer.Text }), Message("ack")];
            case "message":
                var hangup = new JsonObject { ["janus"] = "hangup", ["session_id"] = Session, ["sender"] = Handle, ["reason"] = "DTLS alert" };
                return HangsUp ? [hangup, Message("ack"), Event([], null)] : [Message("ack"), Event([], null)];
            default:
                JsonObject error = Message("error");
                error["error"] = new JsonObject { ["code"] = 453, ["reason"] = "Unknown request" };
                return [error];
        }
    }
}
