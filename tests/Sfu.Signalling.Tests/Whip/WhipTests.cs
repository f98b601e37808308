using System.Net;
using System.Text.Json.Nodes;
using Sfu.Rooms;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.Whip;

/// <summary>Encoders and players that come in, stay and go, as HTTP shows it.</summary>
public sealed class WhipTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_publishes_is_on_the_stage_and_gets_an_answer_with_its_own_numbers()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);

        using HttpResponseMessage response = await http.PublishAsync("encoder");
        string answer = await response.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal((HttpStatusCode.Created, "application/sdp"), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        Assert.Equal("\"1\"", response.Headers.ETag!.ToString());
        Assert.Equal("application/trickle-ice-sdpfrag", Assert.Single(response.Headers.GetValues("Accept-Patch")));
        Assert.Matches("^/whip/session/[A-Za-z0-9_-]{43}$", response.Headers.Location!.ToString());
        Assert.StartsWith("v=0\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("m=audio 9 UDP/TLS/RTP/SAVPF 97\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("a=setup:passive\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("a=recvonly\r\n", answer, StringComparison.Ordinal);
        Assert.Contains(" typ host\r\na=end-of-candidates\r\n", answer, StringComparison.Ordinal);
        RoomSnapshot room = server.Node.FindRoom("lobby")!;
        Assert.Equal(("encoder", 0), (Assert.Single(room.Stage).Identity, room.Audience));
    }

    [Theory]
    [InlineData("audience")]
    [InlineData("speaker")]
    [InlineData("moderator")]
    public async Task Whoever_listens_is_in_the_audience_whatever_the_token_allows(string role)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);

        using HttpResponseMessage response = await http.ListenAsync("player", role);
        string answer = await response.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.StartsWith("/whep/session/", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("a=sendonly\r\na=msid:slot1 slot1\r\na=ssrc:1599406081 cname:sfu\r\n", answer, StringComparison.Ordinal);
        RoomSnapshot room = server.Node.FindRoom("lobby")!;
        Assert.Equal((0, 1), (room.Stage.Count, room.Audience));
        server.Node.Act("lobby", r =>
        {
            Assert.Equal(Role.Audience, Assert.Single(r.AudiencePage("", null, 10).Participants).Role);
            return RoomError.None;
        });
    }

    [Fact]
    public async Task Others_in_the_room_see_the_encoder_come_and_go()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        await using ProtocolClient ann = await server.JoinAsync("lobby", "ann");

        using HttpResponseMessage response = await http.PublishAsync("encoder");
        JsonObject joined = await ann.ExpectAsync("stage.joined");
        using HttpResponseMessage deleted = await http.DeleteAsync(response.Headers.Location!);
        JsonObject left = await ann.ExpectAsync("stage.left");

        Assert.Equal("encoder", (string)joined["member"]!["identity"]!);
        Assert.Equal((string)joined["member"]!["id"]!, (string)left["id"]!);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        using HttpResponseMessage again = await http.DeleteAsync(response.Headers.Location!);
        Assert.Equal((HttpStatusCode.NotFound, "no-such-session"), (again.StatusCode, await WhipClient.CodeOf(again)));
        Assert.Equal(0, server.WhipSessions.Count);
    }

    [Theory]
    [InlineData("/whip")]
    [InlineData("/whip/")]
    [InlineData("/whip/B%C3%BChne%20eins")]
    public async Task The_path_may_name_the_room_and_the_token_always_does(string path)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);

        using HttpResponseMessage response = await http.PostAsync(path, WhipClient.Token("encoder", room: "B\u00FChne eins"), TestSdp.Offer("sendonly"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.NotNull(server.Node.FindRoom("B\u00FChne eins"));
    }

    [Fact]
    public async Task A_resource_answers_nothing_but_PATCH_DELETE_and_OPTIONS()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        using HttpResponseMessage created = await http.ListenAsync("player");
        string session = created.Headers.Location!.ToString();

        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Post, HttpMethod.Put])
        {
            using HttpResponseMessage response = await http.SendAsync(method, session, null, null, null);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        }

        using HttpResponseMessage endpoint = await http.SendAsync(HttpMethod.Get, "/whep/lobby", null, null, null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, endpoint.StatusCode);
    }

    [Fact]
    public async Task Ice_servers_are_told_as_links()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new()
        {
            ["Sfu:IceServers:0:Urls:0"] = "stun:stun.example.org",
            ["Sfu:IceServers:1:Urls:0"] = "turn:turn.example.org?transport=udp",
            ["Sfu:IceServers:1:Username"] = "user",
            ["Sfu:IceServers:1:Credential"] = "pass\"word",
        });
        using var http = new WhipClient(server.Address);

        using HttpResponseMessage response = await http.ListenAsync("player");

        Assert.Equal(
            [
                "<stun:stun.example.org>; rel=\"ice-server\"",
                "<turn:turn.example.org?transport=udp>; rel=\"ice-server\"; username=\"user\"; credential=\"pass\\\"word\"; credential-type=\"password\"",
            ],
            response.Headers.GetValues("Link"));
    }

    [Fact]
    public async Task The_same_identity_again_ends_the_session_before()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        using HttpResponseMessage first = await http.ListenAsync("player");
        using HttpResponseMessage second = await http.ListenAsync("player");

        using HttpResponseMessage ended = await http.DeleteAsync(first.Headers.Location!);
        using HttpResponseMessage alive = await http.DeleteAsync(second.Headers.Location!);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (ended.StatusCode, alive.StatusCode));
    }

    [Fact]
    public async Task A_room_that_ends_takes_its_sessions_with_it()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        using HttpResponseMessage player = await http.ListenAsync("player");

        Assert.True(server.Node.CloseRoom("lobby"));

        using HttpResponseMessage ended = await http.DeleteAsync(player.Headers.Location!);
        Assert.Equal(HttpStatusCode.NotFound, ended.StatusCode);
    }
}
