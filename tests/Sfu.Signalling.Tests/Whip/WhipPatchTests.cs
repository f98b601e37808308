using System.Net;
using Sfu.Ice;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.Whip;

/// <summary>Trickled candidates and ICE restarts (RFC 9725 section 4.3).</summary>
public sealed class WhipPatchTests : IAsyncLifetime
{
    private readonly IceCredentials _ice = IceCredentials.Create();
    private ServerUnderTest _server = null!;
    private WhipClient _http = null!;
    private Uri _session = null!;
    private string _answer = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerUnderTest.StartAsync();
        _http = new WhipClient(_server.Address);
        using HttpResponseMessage response = await _http.PostAsync("/whip/lobby", WhipClient.Token("encoder"), TestSdp.Offer("sendonly", _ice));
        _session = response.Headers.Location!;
        _answer = await response.Content.ReadAsStringAsync(Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("\"7\", \"1\"")]
    [InlineData("*")]
    public async Task Candidates_are_taken_and_change_nothing(string ifMatch)
    {
        using HttpResponseMessage response = await _http.PatchAsync(_session, Fragment(_ice), ifMatch);

        Assert.Equal((HttpStatusCode.NoContent, "\"1\""), (response.StatusCode, response.Headers.ETag!.ToString()));
    }

    [Fact]
    public async Task Other_credentials_restart_ICE_with_others_of_ours_and_another_tag()
    {
        using HttpResponseMessage response = await _http.PatchAsync(_session, Fragment(IceCredentials.Create()), "*");
        string fragment = await response.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal((HttpStatusCode.OK, "\"2\""), (response.StatusCode, response.Headers.ETag!.ToString()));
        Assert.Equal("application/trickle-ice-sdpfrag", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("m=audio 9 UDP/TLS/RTP/SAVPF 97\r\na=mid:audio0\r\na=ice-ufrag:", fragment, StringComparison.Ordinal);
        Assert.NotEqual(UsernameFragment(_answer), UsernameFragment(fragment));
    }

    [Fact]
    public async Task A_restart_that_is_repeated_restarts_nothing_and_the_next_one_does()
    {
        string fragment = Fragment(IceCredentials.Create());
        using HttpResponseMessage first = await _http.PatchAsync(_session, fragment, "*");
        using HttpResponseMessage repeated = await _http.PatchAsync(_session, fragment, "*");
        using HttpResponseMessage next = await _http.PatchAsync(_session, Fragment(IceCredentials.Create()), "\"2\"");

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.OK, "\"3\""),
            (first.StatusCode, repeated.StatusCode, next.StatusCode, next.Headers.ETag!.ToString()));
    }

    [Theory]
    [InlineData(null, 428, "if-match-missing")]
    [InlineData("\"7\"", 412, "if-match-outdated")]
    [InlineData("W/\"1\"", 412, "if-match-outdated")]
    [InlineData("1", 412, "if-match-outdated")]
    public async Task Without_the_newest_tag_nothing_happens(string? ifMatch, int status, string code)
    {
        using HttpResponseMessage response = await _http.PatchAsync(_session, Fragment(IceCredentials.Create()), ifMatch);

        Assert.Equal((status, code), ((int)response.StatusCode, await WhipClient.CodeOf(response)));
        using HttpResponseMessage after = await _http.PatchAsync(_session, Fragment(_ice), "\"1\"");
        Assert.Equal(HttpStatusCode.NoContent, after.StatusCode);
    }

    [Fact]
    public async Task What_was_current_before_a_restart_is_outdated_after_it()
    {
        using HttpResponseMessage restarted = await _http.PatchAsync(_session, Fragment(IceCredentials.Create()), "*");
        using HttpResponseMessage late = await _http.PatchAsync(_session, Fragment(_ice), "\"1\"");

        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
    }

    [Theory]
    [InlineData("a=candidate:1 1 udp 1 192.0.2.1 70000 typ host\r\n", "sdp-bad-candidate", 1)]
    [InlineData("a=end-of-candidates\r\nhello\r\n", "sdp-syntax", 2)]
    [InlineData("a=ice-ufrag:abcd\r\n", "sdp-no-ice-credentials", null)]
    public async Task A_fragment_that_makes_no_sense_is_refused_with_its_line(string fragment, string code, int? line)
    {
        using HttpResponseMessage response = await _http.PatchAsync(_session, fragment, "*");
        System.Text.Json.Nodes.JsonNode problem = await WhipClient.ProblemOf(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal((code, line), ((string)problem["code"]!, (int?)problem["line"]));
    }

    [Fact]
    public async Task Another_kind_of_body_is_refused_and_the_right_one_is_told()
    {
        using HttpResponseMessage response = await _http.PatchAsync(_session, "{}", "*", "application/json");

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-media-type"), (response.StatusCode, await WhipClient.CodeOf(response)));
        Assert.Equal("application/trickle-ice-sdpfrag", Assert.Single(response.Headers.GetValues("Accept-Patch")));
    }

    [Fact]
    public async Task Nobody_guesses_a_session()
    {
        using HttpResponseMessage response = await _http.PatchAsync(new Uri(_session.ToString()[..^1] + "~", UriKind.Relative), Fragment(_ice), "*");

        Assert.Equal((HttpStatusCode.NotFound, "no-such-session"), (response.StatusCode, await WhipClient.CodeOf(response)));
    }

    private static string Fragment(IceCredentials ice) =>
        $"a=ice-ufrag:{ice.UsernameFragment}\r\na=ice-pwd:{ice.Password}\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:audio0\r\n"
        + "a=candidate:1 1 udp 2130706431 192.0.2.1 40000 typ host\r\na=end-of-candidates\r\n";

    private static string UsernameFragment(string sdp) =>
        sdp.Split("\r\n").First(line => line.StartsWith("a=ice-ufrag:", StringComparison.Ordinal));
}
