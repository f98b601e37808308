using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.WebSockets;

public sealed class ResumeTests
{
    [Fact]
    public async Task A_lost_connection_is_resumed_with_everything_that_was_missed()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient before = await server.JoinAsync("lobby", "ada", "speaker", onStage: true);
        await before.RequestAsync(new JsonObject { ["type"] = "answer", ["generation"] = 1, ["sdp"] = TestSdp.Answer() });
        before.Abort();
        await using ProtocolClient bob = await server.JoinAsync("lobby", "bob", "speaker", onStage: true);

        await using ProtocolClient after = await server.ConnectAsync();
        await after.ResumeAsync(before.ResumeToken);

        Assert.True((bool)after.Welcome["resumed"]!);
        Assert.Equal(before.SessionId, after.SessionId);
        Assert.NotEqual(before.ResumeToken, after.ResumeToken);
        Assert.True((bool)after.Welcome["self"]!["onStage"]!);
        Assert.Equal((uint)before.Welcome["self"]!["csrc"]!, (uint)after.Welcome["self"]!["csrc"]!);
        Assert.Equal(["ada", "bob"], after.Welcome["room"]!["stage"]!.AsArray().Select(m => (string)m!["identity"]!));

        // No offer comes, and events go on without a gap.
        await bob.RequestAsync("""{"type":"mute","muted":true}""");
        JsonObject next = await NextExceptAudienceAsync(after);
        Assert.Equal("stage.changed", (string)next["type"]!);
    }

    [Fact]
    public async Task An_offer_that_has_no_answer_yet_is_repeated()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient before = await server.JoinAsync("lobby", "ada");
        before.Abort();

        await using ProtocolClient after = await server.ConnectAsync();
        await after.ResumeAsync(before.ResumeToken);

        JsonObject offer = await after.ExpectAsync("offer");
        Assert.Equal((string)before.Offer["sdp"]!, (string)offer["sdp"]!);
    }

    [Fact]
    public async Task A_connection_that_the_server_still_holds_gives_way()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient before = await server.JoinAsync("lobby", "ada");
        await using ProtocolClient after = await server.ConnectAsync();

        await after.ResumeAsync(before.ResumeToken);

        Assert.Equal("resumed-elsewhere", (string)(await before.ReceiveUntilClosedAsync())[^1]["reason"]!);
        Assert.Equal(4409, before.CloseCode);
        Assert.Equal("ok", (string)(await after.RequestAsync("""{"type":"stage","on":true}"""))["type"]!);
    }

    [Fact]
    public async Task A_token_works_until_the_one_that_came_after_it_was_used()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient first = await server.JoinAsync("lobby", "ada");
        await using ProtocolClient second = await server.ConnectAsync();
        await using ProtocolClient third = await server.ConnectAsync();
        await using ProtocolClient fourth = await server.ConnectAsync();
        await using ProtocolClient fifth = await server.ConnectAsync();

        await second.ResumeAsync(first.ResumeToken);
        await third.ResumeAsync(first.ResumeToken);
        await fourth.ResumeAsync(third.ResumeToken);

        Assert.Equal("resume-unknown", (string)(await fifth.RequestAsync(Resume(first.ResumeToken)))["code"]!);
        Assert.Equal("resume-unknown", (string)(await fifth.RequestAsync(Resume(second.ResumeToken)))["code"]!);
        await fifth.ResumeAsync(third.ResumeToken);
        Assert.Equal(2, server.Signalling.Sessions.Tokens);
    }

    [Fact]
    public async Task A_session_that_is_not_resumed_ends_after_the_window()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(time: time);
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada", "speaker", onStage: true);
        await using ProtocolClient eva = await server.JoinAsync("lobby", "eva", "audience");
        await ada.CloseAsync(4000);

        // The server notices the lost connection at some point of real time; from then on the window counts.
        Task<JsonObject> left = eva.ExpectAsync("stage.left");
        while (!left.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(31));
            await Task.WhenAny(left, Task.Delay(20, TestContext.Current.CancellationToken));
        }

        Assert.Equal(ada.SessionId, (string)(await left)["id"]!);
        await using ProtocolClient late = await server.ConnectAsync();
        JsonObject error = await late.RequestAsync(Resume(ada.ResumeToken));
        Assert.Equal(("resume-unknown", 410, false), ((string)error["code"]!, (int)error["status"]!, (bool)error["fatal"]!));
        Assert.Equal("welcome", (string)(await late.RequestAsync(new JsonObject
        {
            ["type"] = "join",
            ["v"] = 1,
            ["room"] = "lobby",
            ["token"] = TestToken.For("lobby", "ada", now: time.GetUtcNow()).ToString(),
        }))["type"]!);
    }

    [Fact]
    public async Task A_client_whose_network_died_is_out_of_the_room_after_ping_and_window()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new()
        {
            ["Sfu:Signalling:PingInterval"] = "1s",
            ["Sfu:Signalling:PingTimeout"] = "1s",
            ["Sfu:Signalling:ResumeWindow"] = "100ms",
        });
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada", "speaker", onStage: true);
        await using ProtocolClient eva = await server.JoinAsync("lobby", "eva", "audience");

        // No close and no reset comes from her, and as nothing is read, no pong either.
        JsonObject left = await eva.ExpectAsync("stage.left");

        Assert.Equal(ada.SessionId, (string)left["id"]!);
    }

    [Fact]
    public async Task A_resumed_session_does_not_end_when_the_old_window_would()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(time: time);
        await using ProtocolClient before = await server.JoinAsync("lobby", "ada");
        await before.CloseAsync(4000);
        await using ProtocolClient after = await server.ConnectAsync();
        await after.ResumeAsync(before.ResumeToken);

        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("ok", (string)(await after.RequestAsync("""{"type":"stage","on":true}"""))["type"]!);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    public async Task A_page_that_is_left_ends_its_session_at_once(int code)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new() { ["Sfu:Signalling:ResumeWindow"] = "1h" });
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada", "speaker", onStage: true);
        await using ProtocolClient eva = await server.JoinAsync("lobby", "eva", "audience");

        await ada.CloseAsync(code);

        Assert.Equal(ada.SessionId, (string)(await eva.ExpectAsync("stage.left"))["id"]!);
    }

    [Fact]
    public async Task Who_left_cannot_resume()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");
        await ada.SendAsync("""{"type":"leave"}""");
        await ada.ReceiveUntilClosedAsync();
        await using ProtocolClient after = await server.ConnectAsync();

        Assert.Equal("resume-unknown", (string)(await after.RequestAsync(Resume(ada.ResumeToken)))["code"]!);
        Assert.Equal(0, server.Signalling.Sessions.Tokens);
    }

    private static JsonObject Resume(string token) => new() { ["type"] = "resume", ["v"] = 1, ["resumeToken"] = token };

    private static async Task<JsonObject> NextExceptAudienceAsync(ProtocolClient client)
    {
        JsonObject message;
        do
            message = await client.ReceiveAsync();
        while ((string)message["type"]! == "audience");
        return message;
    }
}
