using System.Text.Json.Nodes;
using Sfu.Rooms;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.WebSockets;

/// <summary>Hands, invitations and moderation, as clients see them.</summary>
public sealed class StageFlowTests : IAsyncLifetime
{
    private ServerUnderTest _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_hand_an_invitation_the_stage_and_back_without_another_offer()
    {
        await using ProtocolClient mia = await _server.JoinAsync("lobby", "mia", "moderator");
        await using ProtocolClient ann = await _server.JoinAsync("lobby", "ann", "audience");

        await ann.SendAsync("""{"type":"raise-hand","note":"about birds"}""");
        Assert.True((bool)(await ann.ExpectAsync("self"))["self"]!["handRaised"]!);
        JsonObject hand = await mia.ExpectAsync("hand.raised");
        Assert.Equal(("ann", "about birds", 1), ((string)hand["hand"]!["identity"]!, (string)hand["hand"]!["note"]!, (int)hand["hand"]!["number"]!));

        await mia.SendAsync(new JsonObject { ["type"] = "invite", ["participants"] = new JsonArray(ann.SessionId, "gone") });
        Assert.Equal(mia.SessionId, (string)(await ann.ExpectAsync("invited"))["by"]!);
        Assert.Equal("ok", TypeOf(await ann.RequestAsync("""{"type":"accept-invitation"}""")));
        JsonObject member = (JsonObject)(await mia.ExpectAsync("stage.joined"))["member"]!;
        Assert.Equal(("ann", "speaker", false), ((string)member["identity"]!, (string)member["role"]!, (bool)member["muted"]!));

        await ann.SendAsync("""{"type":"stage","on":false}""");
        await mia.ExpectAsync("stage.left");
        Assert.Equal("role-forbids-stage", CodeOf(await ann.RequestAsync("""{"type":"stage","on":true}""")));
    }

    [Fact]
    public async Task Hands_are_shown_to_moderators_alone()
    {
        await using ProtocolClient ann = await _server.JoinAsync("lobby", "ann", "audience");
        await ann.RequestAsync("""{"type":"raise-hand"}""");
        await using ProtocolClient mia = await _server.JoinAsync("lobby", "mia", "moderator");
        await using ProtocolClient ben = await _server.JoinAsync("lobby", "ben", "audience");

        Assert.Equal("ann", (string)mia.Welcome["room"]!["hands"]![0]!["identity"]!);
        Assert.Null(ben.Welcome["room"]!["hands"]);
        JsonObject listed = await mia.RequestAsync("""{"type":"list-hands"}""");
        Assert.Equal("ann", (string)listed["hands"]![0]!["identity"]!);
        Assert.InRange((long)listed["revision"]!, (long)mia.Welcome["room"]!["revision"]!, long.MaxValue);
        Assert.Equal("role-forbids", CodeOf(await ben.RequestAsync("""{"type":"list-hands"}""")));
    }

    [Fact]
    public async Task Who_is_muted_by_a_moderator_cannot_unmute()
    {
        await using ProtocolClient mia = await _server.JoinAsync("lobby", "mia", "moderator");
        await using ProtocolClient ann = await _server.JoinAsync("lobby", "ann", onStage: true);

        await Moderate(mia, "mute", ann);
        JsonObject self;
        do
            self = (JsonObject)(await ann.ExpectAsync("self"))["self"]!;
        while (!(bool)self["muteLocked"]!);
        Assert.True((bool)self["muted"]!);
        Assert.Equal("muted-by-moderator", CodeOf(await ann.RequestAsync("""{"type":"mute","muted":false}""")));

        await Moderate(mia, "allow-microphone", ann);
        Assert.Equal("ok", TypeOf(await ann.RequestAsync("""{"type":"mute","muted":false}""")));
    }

    [Fact]
    public async Task Everybody_is_told_whom_a_moderator_pins()
    {
        await using ProtocolClient mia = await _server.JoinAsync("lobby", "mia", "moderator");
        await using ProtocolClient ann = await _server.JoinAsync("lobby", "ann", onStage: true);
        await using ProtocolClient zoe = await _server.JoinAsync("lobby", "zoe", "audience");

        await Moderate(mia, "pin", ann);
        Assert.Equal("pinned", (string?)(await zoe.ExpectAsync("stage.changed"))["member"]!["hearing"]);

        await Moderate(mia, "hear-by-voice", ann);
        Assert.Null((await zoe.ExpectAsync("stage.changed"))["member"]!["hearing"]);
    }

    [Fact]
    public async Task Who_is_banned_is_told_and_stays_out_with_the_same_token()
    {
        await using ProtocolClient mia = await _server.JoinAsync("lobby", "mia", "moderator");
        await using ProtocolClient ann = await _server.JoinAsync("lobby", "ann", "audience");

        await Moderate(mia, "remove", ann, ban: true);

        Assert.Equal("banned", (string)(await ann.ReceiveUntilClosedAsync())[^1]["reason"]!);
        Assert.Equal(4403, ann.CloseCode);
        await using ProtocolClient again = await _server.ConnectAsync();
        JsonObject join = new() { ["type"] = "join", ["v"] = 1, ["room"] = "lobby", ["token"] = TestToken.For("lobby", "ann").ToString() };
        Assert.Equal("banned", CodeOf(await again.RequestAsync(join)));

        await using ProtocolClient later = await _server.ConnectAsync();
        string fresh = TestToken.For("lobby", "ann").With("iat", (DateTimeOffset.UtcNow.AddSeconds(1) - DateTimeOffset.UnixEpoch).TotalSeconds).ToString();
        await later.JoinAsync("lobby", fresh);
    }

    [Fact]
    public async Task Nobody_but_a_moderator_moderates()
    {
        await using ProtocolClient mia = await _server.JoinAsync("lobby", "mia", "moderator");
        await using ProtocolClient ann = await _server.JoinAsync("lobby", "ann", onStage: true);

        foreach (string action in (string[])["lower-hand", "withdraw-invitation", "move-to-audience", "make-speaker", "make-moderator", "hand-over", "mute", "allow-microphone", "remove"])
            Assert.Equal("role-forbids", CodeOf(await Ask(ann, action, mia.SessionId)));
        Assert.Equal("role-forbids", CodeOf(await ann.RequestAsync("""{"type":"update-room","title":"mine"}""")));
        Assert.Equal("role-forbids", CodeOf(await ann.RequestAsync("""{"type":"add-invite-code"}""")));
        Assert.Equal("no-such-participant", CodeOf(await Ask(mia, "mute", "nobody")));
    }

    [Fact]
    public async Task Handing_over_changes_both_roles()
    {
        await using ProtocolClient mia = await _server.JoinAsync("lobby", "mia", "moderator", onStage: true);
        await using ProtocolClient ann = await _server.JoinAsync("lobby", "ann", onStage: true);

        await Moderate(mia, "hand-over", ann);

        Assert.Equal("role-forbids", CodeOf(await Ask(mia, "mute", ann.SessionId)));
        await Moderate(ann, "mute", mia);
    }

    [Fact]
    public async Task Messages_and_reactions_reach_whom_they_are_for()
    {
        await using ProtocolClient ann = await _server.JoinAsync("lobby", "ann", "audience");
        await using ProtocolClient ben = await _server.JoinAsync("lobby", "ben", "audience");

        await ann.SendAsync(new JsonObject { ["type"] = "message", ["to"] = ben.SessionId, ["text"] = "psst" });
        await ann.SendAsync("""{"type":"message","to":"room","topic":"chat","text":"hello"}""");
        for (int i = 0; i < 3; i++)
            await ann.SendAsync("""{"type":"react","reaction":"👏"}""");

        Assert.Equal("psst", (string)(await ben.ExpectAsync("message"))["text"]!);
        JsonObject hello = await ben.ExpectAsync("message");
        Assert.Equal(("ann", "chat", "hello", "room"), ((string)hello["name"]!, (string)hello["topic"]!, (string)hello["text"]!, (string)hello["to"]!));
        Assert.Equal("hello", (string)(await ann.ExpectAsync("message"))["text"]!);
        int claps = 0;
        while (claps < 3)
            claps += (int)(await ben.ExpectAsync("reactions"))["counts"]!["👏"]!;
        Assert.Equal(3, claps);
    }

    [Fact]
    public async Task The_audience_is_read_in_pages()
    {
        await using ProtocolClient mia = await _server.JoinAsync("lobby", "mia", "moderator", onStage: true);
        await using ProtocolClient ann = await _server.JoinAsync("lobby", "ann", "audience");
        await using ProtocolClient anna = await _server.JoinAsync("lobby", "anna", "audience");
        await using ProtocolClient ben = await _server.JoinAsync("lobby", "ben", "audience");

        JsonObject first = await mia.RequestAsync("""{"type":"list-audience","prefix":"an","size":1}""");
        JsonObject second = await mia.RequestAsync(new JsonObject { ["type"] = "list-audience", ["prefix"] = "an", ["size"] = 1, ["from"] = (string)first["next"]! });

        Assert.Equal("ann", (string)first["listeners"]![0]!["identity"]!);
        Assert.Equal("anna", (string)second["listeners"]![0]!["identity"]!);
        Assert.Null(second["next"]);
    }

    [Fact]
    public async Task Who_waits_for_a_place_is_welcomed_when_there_is_one()
    {
        _server.Node.CreateRoom("small", new RoomSettings { MaxAudience = 1, WaitingList = true }, out _);
        await using ProtocolClient ann = await _server.JoinAsync("small", "ann", "audience");
        await using ProtocolClient ben = await WaitAsync("ben");
        await using ProtocolClient cleo = await WaitAsync("cleo");
        await cleo.SendAsync("""{"type":"stage","on":true}""");
        Assert.Equal("not-joined", CodeOf(await cleo.ReceiveAsync()));

        await ann.SendAsync("""{"type":"leave"}""");

        Assert.Equal("small", (string)(await ben.ExpectAsync("welcome"))["room"]!["name"]!);
        await ben.ExpectAsync("offer");
        Assert.Equal(1, (int)(await cleo.ExpectAsync("waiting.moved"))["position"]!);
        await cleo.SendAsync("""{"type":"leave"}""");
        Assert.Equal("left", (string)(await cleo.ReceiveUntilClosedAsync())[^1]["reason"]!);
        Assert.Equal(0, _server.Node.FindRoom("small")!.Waiting);
    }

    [Fact]
    public async Task Who_hangs_up_while_waiting_waits_no_more()
    {
        _server.Node.CreateRoom("small", new RoomSettings { MaxAudience = 1, WaitingList = true }, out _);
        await using ProtocolClient ann = await _server.JoinAsync("small", "ann", "audience");
        ProtocolClient ben = await WaitAsync("ben");
        ben.Abort();
        while (_server.Node.FindRoom("small")!.Waiting > 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        await using ProtocolClient cleo = await WaitAsync("cleo");
        await ann.SendAsync("""{"type":"leave"}""");
        await cleo.ExpectAsync("welcome");
    }

    [Fact]
    public async Task A_private_room_opens_to_an_invite_code()
    {
        _server.Node.CreateRoom("small", new RoomSettings { Visibility = Visibility.Private }, out _);
        await using ProtocolClient mia = await _server.JoinAsync("small", "mia", "moderator");
        string code = (string)(await mia.RequestAsync("""{"type":"add-invite-code","uses":1}"""))["code"]!;

        Assert.Equal("not-admitted", CodeOf(await TryJoinAsync("ann", null)));
        Assert.Equal("invite-invalid", CodeOf(await TryJoinAsync("ann", "guess")));
        Assert.Equal("welcome", TypeOf(await TryJoinAsync("ann", code)));
        Assert.Equal("invite-invalid", CodeOf(await TryJoinAsync("ben", code)));
    }

    [Fact]
    public async Task A_silent_room_makes_no_offer()
    {
        _server.Node.CreateRoom("small", new RoomSettings { Profile = RoomProfile.Silent }, out _);
        await using ProtocolClient ann = await _server.ConnectAsync();
        await ann.SendAsync(JoinOf("ann"));

        Assert.Equal("silent", (string)(await ann.ExpectAsync("welcome"))["room"]!["settings"]!["profile"]!);
        Assert.Equal("pong", TypeOf(await ann.RequestAsync("""{"type":"ping"}""")));
        Assert.Equal("silent-room", CodeOf(await ann.RequestAsync("""{"type":"ice-restart"}""")));
        Assert.Equal("silent-room", CodeOf(await ann.RequestAsync("""{"type":"listen","slots":1}""")));
        await ann.SendAsync("""{"type":"leave"}""");
        Assert.Equal("left", (string)(await ann.ReceiveUntilClosedAsync())[^1]["reason"]!);
    }

    [Fact]
    public async Task A_music_room_asks_for_stereo_without_dtx()
    {
        _server.Node.CreateRoom("small", new RoomSettings { Profile = RoomProfile.Music }, out _);
        await using ProtocolClient ann = await _server.JoinAsync("small", "ann");

        string sdp = (string)ann.Offer["sdp"]!;
        Assert.Contains("stereo=1", sdp, StringComparison.Ordinal);
        Assert.DoesNotContain("usedtx", sdp, StringComparison.Ordinal);
    }

    private static string TypeOf(JsonObject message) => (string)message["type"]!;

    private static string CodeOf(JsonObject message) => (string)message["code"]!;

    private static JsonObject JoinOf(string identity) =>
        new() { ["type"] = "join", ["v"] = 1, ["room"] = "small", ["token"] = TestToken.For("small", identity).ToString() };

    private static Task<JsonObject> Ask(ProtocolClient by, string action, string whom, bool ban = false) =>
        by.RequestAsync(new JsonObject { ["type"] = "moderate", ["action"] = action, ["participant"] = whom, ["ban"] = ban });

    private static async Task Moderate(ProtocolClient by, string action, ProtocolClient whom, bool ban = false) =>
        Assert.Equal("ok", TypeOf(await Ask(by, action, whom.SessionId, ban)));

    private async Task<ProtocolClient> WaitAsync(string identity)
    {
        ProtocolClient client = await _server.ConnectAsync();
        JsonObject waiting = await client.RequestAsync(JoinOf(identity));
        Assert.Equal(("waiting", "room-full"), (TypeOf(waiting), (string)waiting["reason"]!));
        return client;
    }

    private async Task<JsonObject> TryJoinAsync(string identity, string? code)
    {
        await using ProtocolClient client = await _server.ConnectAsync();
        JsonObject join = JoinOf(identity);
        join["inviteCode"] = code;
        return await client.RequestAsync(join);
    }
}
