using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.TestKit.Sdp;

namespace Sfu.LoadTest.Signalling;

/// <summary>One client of ours. After the answer its messages are read and forgotten.</summary>
internal sealed class SfuSession : IStageSession
{
    private readonly JsonSocket _messages;

    private SfuSession(JsonSocket messages, string id, ServerMedia media)
    {
        _messages = messages;
        Id = id;
        Media = media;
    }

    public string Id { get; }

    public ServerMedia Media { get; }

    public string? Ended { get; private set; }

    public static async Task<SfuSession> JoinAsync(WebSocket socket, ClientIdentity identity, CancellationToken cancellation)
    {
        var messages = new JsonSocket(socket);
        await messages.SendAsync(
            new JsonObject { ["type"] = "join", ["v"] = 1, ["room"] = identity.Room, ["token"] = identity.Token, ["onStage"] = identity.Role == ClientRole.Speaker },
            cancellation);
        JsonElement self = (await messages.ExpectAsync("welcome", cancellation)).GetProperty("self");
        JsonElement offer = await messages.ExpectAsync("offer", cancellation);
        return new SfuSession(
            messages, self.GetProperty("id").GetString()!, OfferText.Read(offer.GetProperty("sdp").GetString()!, self.GetProperty("csrc").GetUInt32()));
    }

    public async Task AnswerAsync(IceCredentials local, Fingerprint fingerprint, uint? microphoneSsrc, CancellationToken cancellation)
    {
        string sdp = new TestAnswer(local, fingerprint) { Slots = Media.Slots, MicrophoneSsrc = microphoneSsrc }.ToString();
        await _messages.SendAsync(new JsonObject { ["type"] = "answer", ["generation"] = 1, ["sdp"] = sdp }, cancellation);
        _messages.Drain(onMessage: null, why => Ended = why);
    }

    public async Task InviteAsync(string id, CancellationToken cancellation)
    {
        await _messages.SendAsync(new JsonObject { ["type"] = "invite", ["participants"] = new JsonArray(id), ["id"] = "1" }, cancellation);
        await _messages.ExpectAsync("ok", cancellation);
    }

    public Task AcceptAsync(CancellationToken cancellation) => _messages.SendAsync(new JsonObject { ["type"] = "accept-invitation" }, cancellation);

    public Task StepDownAsync(CancellationToken cancellation) =>
        _messages.SendAsync(new JsonObject { ["type"] = "stage", ["on"] = false }, cancellation);

    /// <summary>Leaves.</summary>
    public ValueTask DisposeAsync() => _messages.DisposeAsync();
}
