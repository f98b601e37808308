using System.Text.Json.Nodes;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.WebSockets;

public sealed class JoinTests
{
    [Fact]
    public async Task Who_joins_is_welcomed_and_offered_media()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient bob = await server.JoinAsync("lobby", "bob", "moderator", onStage: true);
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");

        JsonObject welcome = ada.Welcome;
        Assert.Equal(1, (int)welcome["v"]!);
        Assert.False((bool)welcome["resumed"]!);
        Assert.Equal(30, (int)welcome["resumeSeconds"]!);
        Assert.Equal(15, (int)welcome["pingSeconds"]!);
        Assert.Equal("connecting", (string)welcome["media"]!);
        Assert.Equal(ada.SessionId, (string)welcome["self"]!["id"]!);
        Assert.Equal(("ada", "ada", "speaker"), ((string)welcome["self"]!["identity"]!, (string)welcome["self"]!["name"]!, (string)welcome["self"]!["role"]!));
        Assert.False((bool)welcome["self"]!["onStage"]!);
        Assert.NotEqual(0u, (uint)welcome["self"]!["csrc"]!);
        Assert.Equal("lobby", (string)welcome["room"]!["name"]!);
        Assert.Equal(3, (int)welcome["room"]!["slots"]!);
        JsonObject member = Assert.Single(welcome["room"]!["stage"]!.AsArray())!.AsObject();
        Assert.Equal((bob.SessionId, "moderator"), ((string)member["id"]!, (string)member["role"]!));
        Assert.Equal((uint)bob.Welcome["self"]!["csrc"]!, (uint)member["csrc"]!);
        Assert.Equal(65_536, (int)welcome["limits"]!["maxMessageBytes"]!);
        Assert.Equal(1, (int)ada.Offer["generation"]!);
        Assert.StartsWith("v=0\r\n", (string)ada.Offer["sdp"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_is_the_tokens_or_else_the_clients()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient first = await server.ConnectAsync();
        await using ProtocolClient second = await server.ConnectAsync();
        TestToken token = TestToken.For("lobby", "ada");

        JsonObject own = await first.RequestAsync(Join(token));
        JsonObject given = await second.RequestAsync(Join(TestToken.For("lobby", "eva").With("name", "Doctor Eva")));

        Assert.Equal("Chosen", (string)own["self"]!["name"]!);
        Assert.Equal("Doctor Eva", (string)given["self"]!["name"]!);
    }

    [Theory]
    [InlineData("token-missing", 401)]
    [InlineData("token-malformed", 401)]
    [InlineData("token-bad-algorithm", 401)]
    [InlineData("token-unknown-key", 401)]
    [InlineData("token-bad-signature", 401)]
    [InlineData("token-no-expiry", 401)]
    [InlineData("token-expired", 401)]
    [InlineData("token-not-yet-valid", 401)]
    [InlineData("token-no-identity", 403)]
    [InlineData("token-no-room", 403)]
    [InlineData("token-wrong-room", 403)]
    [InlineData("token-no-role", 403)]
    public async Task A_bad_token_gets_an_error_of_its_own_and_the_connection_is_closed(string code, int status)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient client = await server.ConnectAsync();

        JsonObject error = await client.RequestAsync(Join(BadToken(code)));
        List<JsonObject> rest = await client.ReceiveUntilClosedAsync();

        Assert.Equal((code, status, "token", true), ((string)error["code"]!, (int)error["status"]!, (string)error["field"]!, (bool)error["fatal"]!));
        Assert.Empty(rest);
        Assert.Equal(4000 + status, client.CloseCode);
        Assert.Empty(server.Node.Rooms());
    }

    [Fact]
    public async Task An_audience_may_not_come_in_on_stage_but_may_try_again_below()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient client = await server.ConnectAsync();
        TestToken token = TestToken.For("lobby", "ada");
        JsonObject onStage = Join(token);
        onStage["onStage"] = true;

        JsonObject error = await client.RequestAsync(onStage);
        JsonObject welcome = await client.RequestAsync(Join(token));

        Assert.Equal(("role-forbids-stage", 403), ((string)error["code"]!, (int)error["status"]!));
        Assert.Equal("welcome", (string)welcome["type"]!);
    }

    [Fact]
    public async Task A_full_room_says_so()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new() { ["Sfu:Media:MaxAudience"] = "1" });
        await using ProtocolClient first = await server.JoinAsync("lobby", "ada");
        await using ProtocolClient second = await server.ConnectAsync();

        JsonObject error = await second.RequestAsync(Join(TestToken.For("lobby", "bob")));
        await second.ReceiveUntilClosedAsync();

        Assert.Equal(("room-full", 409), ((string)error["code"]!, (int)error["status"]!));
        Assert.Equal(4409, second.CloseCode);
    }

    [Fact]
    public async Task The_same_identity_replaces_its_older_stay()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient first = await server.JoinAsync("lobby", "ada");
        await using ProtocolClient second = await server.JoinAsync("lobby", "ada");

        JsonObject bye = (await first.ReceiveUntilClosedAsync())[^1];

        Assert.Equal(("bye", "replaced", false), ((string)bye["type"]!, (string)bye["reason"]!, (bool)bye["reconnect"]!));
        Assert.Equal(4409, first.CloseCode);
        Assert.NotEqual(first.SessionId, second.SessionId);
        Assert.Equal("ok", (string)(await second.RequestAsync("""{"type":"stage","on":true}"""))["type"]!);
    }

    [Fact]
    public async Task Who_does_not_join_in_time_is_closed()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new() { ["Sfu:Signalling:JoinTimeout"] = "200ms" });
        await using ProtocolClient client = await server.ConnectAsync();

        JsonObject error = Assert.Single(await client.ReceiveUntilClosedAsync());

        Assert.Equal(("join-timeout", 408), ((string)error["code"]!, (int)error["status"]!));
        Assert.Equal(4408, client.CloseCode);
    }

    [Fact]
    public async Task A_connection_joins_once()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient client = await server.JoinAsync("lobby", "ada");

        JsonObject again = await client.RequestAsync(Join(TestToken.For("lobby", "ada")));
        JsonObject resume = await client.RequestAsync($$"""{"type":"resume","v":1,"resumeToken":"{{client.ResumeToken}}"}""");

        Assert.Equal(("already-joined", false), ((string)again["code"]!, (bool)again["fatal"]!));
        Assert.Equal("already-joined", (string)resume["code"]!);
    }

    private static JsonObject Join(TestToken token) => Join(token.ToString());

    private static JsonObject Join(string? token) => new()
    {
        ["type"] = "join",
        ["v"] = 1,
        ["room"] = "lobby",
        ["token"] = token,
        ["name"] = "Chosen",
    };

    private static string? BadToken(string code)
    {
        TestToken good = TestToken.For("lobby", "ada");
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return code switch
        {
            "token-missing" => null,
            "token-malformed" => "not.a.token",
            "token-bad-algorithm" => (good with { Algorithm = "none" }).ToString(),
            "token-unknown-key" => (good with { Kid = "other" }).ToString(),
            "token-bad-signature" => (good with { Key = new string('x', 32) }).ToString(),
            "token-no-expiry" => good.Without("exp").ToString(),
            "token-expired" => good.With("exp", now - 60).ToString(),
            "token-not-yet-valid" => good.With("nbf", now + 60).ToString(),
            "token-no-identity" => good.Without("sub").ToString(),
            "token-no-room" => good.Without("room").ToString(),
            "token-wrong-room" => good.With("room", "elsewhere").ToString(),
            "token-no-role" => good.Without("role").ToString(),
            _ => throw new ArgumentOutOfRangeException(nameof(code)),
        };
    }
}
