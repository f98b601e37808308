using System.Net;
using System.Text.Json.Nodes;
using Sfu.Rooms;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.Whip;

/// <summary>Who is not let in, and how they are told.</summary>
public sealed class WhipRefusalTests
{
    private static readonly string Offer = TestSdp.Offer("sendonly");

    [Fact]
    public async Task Without_a_good_token_nobody_comes_in()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        using HttpResponseMessage none = await http.PostAsync("/whip/lobby", null, Offer);
        using HttpResponseMessage forged = await http.PostAsync("/whip/lobby", WhipClient.Token("eve") with { Key = new string('x', 32) }, Offer);
        using HttpResponseMessage other = await http.PostAsync("/whip/lobby", WhipClient.Token("eve", room: "other"), Offer);

        Assert.Equal((HttpStatusCode.Unauthorized, "token-missing", "Bearer"), (none.StatusCode, await WhipClient.CodeOf(none), none.Headers.WwwAuthenticate.ToString()));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "token-bad-signature", "Bearer error=\"invalid_token\""),
            (forged.StatusCode, await WhipClient.CodeOf(forged), forged.Headers.WwwAuthenticate.ToString()));
        Assert.Equal((HttpStatusCode.Forbidden, "token-wrong-room"), (other.StatusCode, await WhipClient.CodeOf(other)));
        Assert.Empty(server.Node.Rooms());
    }

    [Fact]
    public async Task Who_may_not_speak_may_not_publish()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        using HttpResponseMessage response = await http.PublishAsync("ann", "audience");

        Assert.Equal((HttpStatusCode.Forbidden, "role-forbids-stage"), (response.StatusCode, await WhipClient.CodeOf(response)));
    }

    [Theory]
    [InlineData("OPUS/48000/2", "PCMU/8000", "sdp-no-opus", 6)]
    [InlineData("a=sendonly", "a=recvonly", "sdp-wrong-direction", 14)]
    [InlineData("m=audio", "m=video", "sdp-no-audio", null)]
    [InlineData("s=-", "hello", "sdp-syntax", 3)]
    public async Task A_bad_offer_is_refused_with_a_reason_and_a_line_before_anybody_comes_in(string old, string replacement, string code, int? line)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        using HttpResponseMessage response = await http.PostAsync("/whip/lobby", WhipClient.Token("ann"), Offer.Replace(old, replacement, StringComparison.Ordinal));
        JsonNode problem = await WhipClient.ProblemOf(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal((code, line, "sdp"), ((string)problem["code"]!, (int?)problem["line"], (string)problem["field"]!));
        Assert.Empty(server.Node.Rooms());
    }

    [Theory]
    [InlineData("application/json", null, 415, "unsupported-media-type")]
    [InlineData(null, null, 415, "unsupported-media-type")]
    [InlineData("application/sdp", "text/html", 406, "not-acceptable")]
    [InlineData("application/sdp", "application/sdp;q=0", 406, "not-acceptable")]
    [InlineData("application/sdp; charset=utf-8", "text/html, application/*;q=0.1", 201, null)]
    [InlineData("Application/SDP", "*/*", 201, null)]
    public async Task Bodies_are_SDP(string? contentType, string? accept, int status, string? code)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        using HttpResponseMessage response = await http.SendAsync(
            HttpMethod.Post, "/whip/lobby", WhipClient.Token("ann"), Offer, contentType, accept is null ? null : ("Accept", accept));

        Assert.Equal(status, (int)response.StatusCode);
        if (code is not null)
            Assert.Equal(code, await WhipClient.CodeOf(response));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_is_too_long_is_refused(bool chunked)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        string offer = Offer + "a=x:" + new string('x', 64 * 1024) + "\r\n";
        using HttpResponseMessage response = await http.PostAsync(
            "/whip/lobby", WhipClient.Token("ann"), offer, header: chunked ? ("Transfer-Encoding", "chunked") : null);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "message-too-large"), (response.StatusCode, await WhipClient.CodeOf(response)));
    }

    [Fact]
    public async Task A_room_that_nobody_created_is_not_found_and_a_silent_one_has_no_audio()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new() { ["Sfu:Media:OpensRoomsOnJoin"] = "false" });
        using var http = new WhipClient(server.Address);
        using HttpResponseMessage nowhere = await http.ListenAsync("ann");
        server.Node.CreateRoom("lobby", new RoomSettings { Profile = RoomProfile.Silent, EmptyTimeout = null }, out _);
        using HttpResponseMessage silent = await http.ListenAsync("ann");

        Assert.Equal((HttpStatusCode.NotFound, "no-such-room"), (nowhere.StatusCode, await WhipClient.CodeOf(nowhere)));
        Assert.Equal((HttpStatusCode.Conflict, "silent-room"), (silent.StatusCode, await WhipClient.CodeOf(silent)));
        Assert.Equal(0, server.Node.FindRoom("lobby")!.Audience);
    }

    [Fact]
    public async Task Nobody_waits_before_a_door()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        server.Node.CreateRoom("lobby", new RoomSettings { OpensAt = DateTimeOffset.UtcNow.AddMinutes(5) }, out _);
        server.Node.CreateRoom("small", new RoomSettings { MaxAudience = 1, WaitingList = true }, out _);
        using HttpResponseMessage early = await http.ListenAsync("ann");
        using HttpResponseMessage first = await http.PostAsync("/whep/small", WhipClient.Token("ann", room: "small"), TestSdp.Offer("recvonly"));
        using HttpResponseMessage second = await http.PostAsync("/whep/small", WhipClient.Token("ben", room: "small"), TestSdp.Offer("recvonly"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "doors-closed"), (early.StatusCode, await WhipClient.CodeOf(early)));
        Assert.InRange(early.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict, "room-full"), (first.StatusCode, second.StatusCode, await WhipClient.CodeOf(second)));
        server.Node.Act("small", room =>
        {
            Assert.Equal(0, room.Waiting);
            return RoomError.None;
        });
    }

    [Fact]
    public async Task A_full_stage_takes_no_publisher()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        server.Node.CreateRoom("lobby", new RoomSettings { MaxStage = 1 }, out _);
        using HttpResponseMessage first = await http.PublishAsync("ann");
        using HttpResponseMessage second = await http.PublishAsync("ben");

        Assert.Equal((HttpStatusCode.Conflict, "stage-full"), (second.StatusCode, await WhipClient.CodeOf(second)));
        Assert.Equal(0, server.Node.FindRoom("lobby")!.Audience);
    }

    [Fact]
    public async Task One_connection_for_each_identity_where_the_room_wants_it()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        server.Node.CreateRoom("lobby", new RoomSettings { RefuseSecondConnection = true }, out _);
        using HttpResponseMessage first = await http.PublishAsync("ann");
        using HttpResponseMessage second = await http.ListenAsync("ann");

        Assert.Equal((HttpStatusCode.Conflict, "already-inside"), (second.StatusCode, await WhipClient.CodeOf(second)));
    }

    [Fact]
    public async Task A_private_room_takes_an_invite_code()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        server.Node.CreateRoom("lobby", new RoomSettings { Visibility = Visibility.Private }, out _);
        server.Node.Act("lobby", room => room.AddInviteCode(null, "c0de", 1));
        using HttpResponseMessage refused = await http.ListenAsync("ann");
        using HttpResponseMessage invited = await http.PostAsync("/whep/lobby?inviteCode=c0de", WhipClient.Token("ann"), TestSdp.Offer("recvonly"));

        Assert.Equal((HttpStatusCode.Forbidden, "not-admitted"), (refused.StatusCode, await WhipClient.CodeOf(refused)));
        Assert.Equal(HttpStatusCode.Created, invited.StatusCode);
    }

    [Fact]
    public async Task A_draining_server_says_when_to_come_back()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var http = new WhipClient(server.Address);
        server.Node.Drain(on: true);
        using HttpResponseMessage response = await http.PublishAsync("ann");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (response.StatusCode, await WhipClient.CodeOf(response)));
        Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    [Theory]
    [InlineData("AddressJoins")]
    [InlineData("IdentityJoins")]
    public async Task Who_comes_too_often_is_told_to_wait(string limit)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new()
        {
            [$"Sfu:Limits:{limit}:PerMinute"] = "1",
            [$"Sfu:Limits:{limit}:Burst"] = "1",
            ["Sfu:Limits:ExemptLoopback"] = "false",
        });
        using var http = new WhipClient(server.Address);
        using HttpResponseMessage first = await http.PublishAsync("ann");
        using HttpResponseMessage second = await http.PublishAsync("ann");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal((HttpStatusCode.TooManyRequests, "too-many-joins"), (second.StatusCode, await WhipClient.CodeOf(second)));
        Assert.Equal(TimeSpan.FromMinutes(1), second.Headers.RetryAfter!.Delta);
    }
}
