using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.WebSockets;

public sealed class ConversationTests
{
    [Fact]
    public async Task Everybody_sees_who_takes_and_leaves_the_stage()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");
        await using ProtocolClient eva = await server.JoinAsync("lobby", "eva", "audience");

        Assert.Equal("ok", (string)(await ada.RequestAsync("""{"type":"stage","on":true}"""))["type"]!);
        JsonObject joined = await eva.ExpectAsync("stage.joined");
        Assert.Equal(ada.SessionId, (string)joined["member"]!["id"]!);
        Assert.False((bool)joined["member"]!["muted"]!);

        await ada.RequestAsync("""{"type":"mute","muted":true}""");
        JsonObject changed = await eva.ExpectAsync("stage.changed");
        Assert.True((bool)changed["member"]!["muted"]!);
        Assert.True((long)changed["revision"]! > (long)joined["revision"]!);

        await ada.RequestAsync("""{"type":"stage","on":false}""");
        JsonObject left = await eva.ExpectAsync("stage.left");
        Assert.Equal(ada.SessionId, (string)left["id"]!);
    }

    [Fact]
    public async Task Who_is_muted_below_the_stage_is_muted_on_it()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");

        await ada.SendAsync("""{"type":"mute","muted":true}""");
        Assert.True((bool)(await ada.ExpectAsync("self"))["self"]!["muted"]!);
        await ada.SendAsync("""{"type":"stage","on":true}""");

        Assert.True((bool)(await ada.ExpectAsync("stage.joined"))["member"]!["muted"]!);
    }

    [Fact]
    public async Task The_audience_is_counted()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada", "speaker", onStage: true);
        await using ProtocolClient eva = await server.JoinAsync("lobby", "eva", "audience");
        await using ProtocolClient bob = await server.JoinAsync("lobby", "bob", "audience");

        JsonObject counted;
        do
            counted = await ada.ExpectAsync("audience");
        while ((int)counted["count"]! != 2);
    }

    [Fact]
    public async Task The_audience_may_not_take_the_stage()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient eva = await server.JoinAsync("lobby", "eva", "audience");

        JsonObject error = await eva.RequestAsync("""{"type":"stage","on":true}""");

        Assert.Equal(("role-forbids-stage", 403, false), ((string)error["code"]!, (int)error["status"]!, (bool)error["fatal"]!));
        Assert.Equal("ok", (string)(await eva.RequestAsync("""{"type":"stage","on":false}"""))["type"]!);
    }

    [Fact]
    public async Task An_answer_is_taken_or_its_fault_is_named()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");

        JsonObject wrongGeneration = await ada.RequestAsync(Answer(7, TestSdp.Answer()));
        JsonObject wrongSdp = await ada.RequestAsync(Answer(1, "v=0\r\nnonsense\r\n"));
        JsonObject wrongSetup = await ada.RequestAsync(Answer(1, TestSdp.Answer().Replace("a=setup:active", "a=setup:passive", StringComparison.Ordinal)));
        JsonObject right = await ada.RequestAsync(Answer(1, TestSdp.Answer()));

        Assert.Equal(("answer-wrong-generation", 409, "generation"), ((string)wrongGeneration["code"]!, (int)wrongGeneration["status"]!, (string)wrongGeneration["field"]!));
        Assert.Equal(("sdp-syntax", 400, 2, false), ((string)wrongSdp["code"]!, (int)wrongSdp["status"]!, (int)wrongSdp["line"]!, (bool)wrongSdp["fatal"]!));
        Assert.Equal("sdp-wrong-setup", (string)wrongSetup["code"]!);
        Assert.Equal("ok", (string)right["type"]!);
    }

    [Fact]
    public async Task Whoever_listens_may_ask_for_fewer_slots()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");

        Assert.Equal("ok", (string)(await ada.RequestAsync("""{"type":"listen","slots":1}"""))["type"]!);
        Assert.Equal("missing-field", (string)(await ada.RequestAsync("""{"type":"listen"}"""))["code"]!);
    }

    [Fact]
    public async Task An_ICE_restart_brings_the_next_offer_with_new_credentials()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");
        await ada.RequestAsync(Answer(1, TestSdp.Answer()));

        Assert.Equal("ok", (string)(await ada.RequestAsync("""{"type":"ice-restart"}"""))["type"]!);
        JsonObject offer = await ada.ExpectAsync("offer");

        Assert.Equal(2, (int)offer["generation"]!);
        Assert.NotEqual(TestSdp.Line(ada.Offer, "a=ice-ufrag:"), TestSdp.Line(offer, "a=ice-ufrag:"));
        Assert.Equal(TestSdp.Line(ada.Offer, "a=fingerprint:"), TestSdp.Line(offer, "a=fingerprint:"));
        Assert.Equal("answer-wrong-generation", (string)(await ada.RequestAsync(Answer(1, TestSdp.Answer())))["code"]!);
        Assert.Equal("ok", (string)(await ada.RequestAsync(Answer(2, TestSdp.Answer())))["type"]!);
    }

    [Fact]
    public async Task Who_leaves_gets_a_goodbye_and_the_room_sees_it()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada", "speaker", onStage: true);
        await using ProtocolClient eva = await server.JoinAsync("lobby", "eva", "audience");

        await ada.SendAsync("""{"type":"leave"}""");

        JsonObject bye = (await ada.ReceiveUntilClosedAsync())[^1];
        Assert.Equal(("bye", "left", false), ((string)bye["type"]!, (string)bye["reason"]!, (bool)bye["reconnect"]!));
        Assert.Equal(1000, ada.CloseCode);
        Assert.Equal(ada.SessionId, (string)(await eva.ExpectAsync("stage.left"))["id"]!);
    }

    [Fact]
    public async Task A_closed_room_says_goodbye_to_all()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");

        Assert.True(server.Node.CloseRoom("lobby"));

        Assert.Equal("room-closed", (string)(await ada.ReceiveUntilClosedAsync())[^1]["reason"]!);
        Assert.Equal(4410, ada.CloseCode);
    }

    [Fact]
    public async Task A_moderator_closes_the_room_for_everybody_and_nobody_else_can()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada", "moderator");
        await using ProtocolClient eva = await server.JoinAsync("lobby", "eva", "speaker");

        JsonObject refusal = await eva.RequestAsync("""{"type":"close-room"}""");
        Assert.Equal(("role-forbids-closing", 403), ((string)refusal["code"]!, (int)refusal["status"]!));

        await ada.SendAsync("""{"type":"close-room"}""");
        Assert.Equal("room-closed", (string)(await eva.ReceiveUntilClosedAsync())[^1]["reason"]!);
        Assert.Equal("room-closed", (string)(await ada.ReceiveUntilClosedAsync())[^1]["reason"]!);
    }

    [Fact]
    public async Task Pings_are_answered_before_and_after_joining()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient client = await server.ConnectAsync();

        JsonObject pong = await client.RequestAsync("""{"type":"ping","t":1234.5}""");

        Assert.Equal(("pong", 1234.5), ((string)pong["type"]!, (double)pong["t"]!));
    }

    [Theory]
    [InlineData("""{"type":"mute","muted":true}""")]
    [InlineData("""{"type":"stage","on":true}""")]
    [InlineData("""{"type":"answer","generation":1,"sdp":"v=0"}""")]
    [InlineData("""{"type":"ice-restart"}""")]
    [InlineData("""{"type":"listen","slots":1}""")]
    [InlineData("""{"type":"leave"}""")]
    [InlineData("""{"type":"close-room"}""")]
    public async Task Nothing_but_join_comes_first(string message)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient client = await server.ConnectAsync();

        JsonObject error = await client.RequestAsync(message);

        Assert.Equal(("not-joined", 409), ((string)error["code"]!, (int)error["status"]!));
    }

    [Fact]
    public async Task A_message_that_is_no_JSON_text_is_told_and_survived()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");

        await ada.SendAsync("{");
        Assert.Equal("bad-json", (string)(await ada.ReceiveAsync())["code"]!);
        await ada.SendAsync("{}"u8.ToArray(), WebSocketMessageType.Binary);
        Assert.Equal("bad-json", (string)(await ada.ReceiveAsync())["code"]!);
        await ada.SendAsync("");
        Assert.Equal("bad-json", (string)(await ada.ReceiveAsync())["code"]!);
        Assert.Equal("unknown-type", (string)(await ada.RequestAsync("""{"type":"dance"}"""))["code"]!);

        Assert.Equal("ok", (string)(await ada.RequestAsync("""{"type":"stage","on":true}"""))["type"]!);
    }

    [Fact]
    public async Task A_message_in_pieces_is_put_together()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient client = await server.ConnectAsync();
        byte[] text = System.Text.Encoding.UTF8.GetBytes($$"""{"type":"ping","t":1,"filler":"{{new string('x', 20_000)}}"}""");

        for (int i = 0; i < text.Length; i += 999)
            await client.SendAsync(text.AsMemory(i, Math.Min(999, text.Length - i)), WebSocketMessageType.Text, endOfMessage: i + 999 >= text.Length);

        Assert.Equal("pong", (string)(await client.ReceiveAsync())["type"]!);
    }

    [Fact]
    public async Task A_message_that_is_too_large_closes_the_connection()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new() { ["Sfu:Signalling:MaxMessageBytes"] = "5000" });
        await using ProtocolClient fits = await server.ConnectAsync();
        await using ProtocolClient exceeds = await server.ConnectAsync();
        const string Frame = """{"type":"ping","x":""}""";

        await fits.SendAsync(Frame.Insert(Frame.Length - 2, new string('x', 5000 - Frame.Length)));
        await exceeds.SendAsync(Frame.Insert(Frame.Length - 2, new string('x', 5001 - Frame.Length)));

        Assert.Equal("pong", (string)(await fits.ReceiveAsync())["type"]!);
        JsonObject error = Assert.Single(await exceeds.ReceiveUntilClosedAsync());
        Assert.Equal(("message-too-large", 413), ((string)error["code"]!, (int)error["status"]!));
        Assert.Equal(4413, exceeds.CloseCode);
    }

    [Fact]
    public async Task Too_many_messages_close_the_connection_and_nobody_elses()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(
            new() { ["Sfu:Signalling:MessagesPerSecond"] = "1", ["Sfu:Signalling:MessageBurst"] = "5" });
        await using ProtocolClient loud = await server.JoinAsync("lobby", "ada");
        await using ProtocolClient quiet = await server.JoinAsync("lobby", "bob");

        for (int i = 0; i < 8; i++)
            await loud.SendAsync("""{"type":"ping"}""");

        JsonObject error = (await loud.ReceiveUntilClosedAsync())[^1];
        Assert.Equal(("rate-limited", 429), ((string)error["code"]!, (int)error["status"]!));
        Assert.Equal(4429, loud.CloseCode);
        Assert.Equal("pong", (string)(await quiet.RequestAsync("""{"type":"ping"}"""))["type"]!);
    }

    [Fact]
    public async Task Nothing_that_clients_do_wrong_is_a_warning_in_the_log()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient gone = await server.JoinAsync("lobby", "ada");
        await using ProtocolClient wrong = await server.JoinAsync("lobby", "bob");

        gone.Abort();
        await wrong.SendAsync("{");
        await wrong.SendAsync(new byte[] { 0xFF, 0xFE }, WebSocketMessageType.Text);
        await wrong.ReceiveUntilGoneAsync();

        Assert.Empty(server.Logs.Warnings);
    }

    private static JsonObject Answer(int generation, string sdp) => new() { ["type"] = "answer", ["generation"] = generation, ["sdp"] = sdp };
}
