using System.Net;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.Whip;

/// <summary>What web pages of elsewhere may do.</summary>
public sealed class WhipOriginTests
{
    private const string Friend = "https://player.example";

    [Theory]
    [InlineData("/whep/lobby", "Accept-Post", "application/sdp")]
    [InlineData("/whep/session/x", "Accept-Patch", "application/trickle-ice-sdpfrag")]
    public async Task A_page_that_may_asks_first(string path, string header, string mediaType)
    {
        await using ServerUnderTest server = await StartAsync();
        using var http = new WhipClient(server.Address);
        using HttpResponseMessage response = await http.SendAsync(HttpMethod.Options, path, null, null, null, ("Origin", Friend));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(Friend, Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("POST, PATCH, DELETE, OPTIONS", Header(response, "Access-Control-Allow-Methods"));
        Assert.Equal("Authorization, Content-Type, If-Match", Header(response, "Access-Control-Allow-Headers"));
        Assert.Equal(mediaType, Header(response, header));
    }

    [Fact]
    public async Task And_may_read_the_headers_of_the_answer()
    {
        await using ServerUnderTest server = await StartAsync();
        using var http = new WhipClient(server.Address);
        using HttpResponseMessage response = await http.PostAsync("/whep/lobby", WhipClient.Token("ann"), TestSdp.Offer("recvonly"), header: ("Origin", Friend));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal((Friend, "Origin"), (Header(response, "Access-Control-Allow-Origin"), Header(response, "Vary")));
        Assert.Contains("Location, Link, ETag", Header(response, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task Another_page_may_not(string origin)
    {
        await using ServerUnderTest server = await StartAsync();
        using var http = new WhipClient(server.Address);
        using HttpResponseMessage response = await http.PostAsync("/whep/lobby", WhipClient.Token("ann"), TestSdp.Offer("recvonly"), header: ("Origin", origin));
        using HttpResponseMessage asked = await http.SendAsync(HttpMethod.Options, "/whep/lobby", null, null, null, ("Origin", origin));

        Assert.Equal((HttpStatusCode.Forbidden, "origin-forbidden"), (response.StatusCode, await WhipClient.CodeOf(response)));
        Assert.Equal(HttpStatusCode.Forbidden, asked.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin") || asked.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Empty(server.Node.Rooms());
    }

    private static Task<ServerUnderTest> StartAsync() => ServerUnderTest.StartAsync(new() { ["Sfu:Signalling:AllowedOrigins:0"] = Friend });

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
