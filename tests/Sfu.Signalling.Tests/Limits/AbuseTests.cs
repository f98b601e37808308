using System.Net;
using System.Text.Json.Nodes;
using Sfu.Signalling.Limits;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.Limits;

/// <summary>What somebody is told who comes too often, as a client sees it.</summary>
public sealed class AbuseTests
{
    [Fact]
    public async Task An_address_that_joins_too_often_is_refused_before_its_token_is_looked_at()
    {
        await using ServerUnderTest server = await StartAsync("AddressJoins", exemptLoopback: false);
        await using ProtocolClient ann = await server.JoinAsync("lobby", "ann");
        await using ProtocolClient ben = await server.JoinAsync("lobby", "ben");

        JsonObject refused = await TryJoinAsync(server, "cleo", token: "nonsense");

        Assert.Equal(("too-many-joins", true), ((string)refused["code"]!, (bool)refused["fatal"]!));
        using HttpClient http = server.CreateHttpClient();
        string metrics = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("sfu_signalling_rate_limited_total{action=\"join\",subject=\"address\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("sfu_signalling_joins_total{outcome=\"too-many-joins\"} 1", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_resume_tokens_counts_as_joining()
    {
        await using ServerUnderTest server = await StartAsync("AddressJoins", exemptLoopback: false);
        await using ProtocolClient guesser = await server.ConnectAsync();
        const string Guess = """{"type":"resume","v":1,"resumeToken":"guess"}""";

        Assert.Equal("resume-unknown", (string)(await guesser.RequestAsync(Guess))["code"]!);
        Assert.Equal("resume-unknown", (string)(await guesser.RequestAsync(Guess))["code"]!);
        Assert.Equal("too-many-joins", (string)(await guesser.RequestAsync(Guess))["code"]!);
    }

    [Fact]
    public async Task An_identity_that_joins_too_often_is_refused_and_nobody_else()
    {
        await using ServerUnderTest server = await StartAsync("IdentityJoins");
        await using ProtocolClient first = await server.JoinAsync("lobby", "ann");
        await using ProtocolClient second = await server.JoinAsync("lobby", "ann");

        Assert.Equal("token-malformed", (string)(await TryJoinAsync(server, "ben", token: "nonsense"))["code"]!);
        Assert.Equal("too-many-joins", (string)(await TryJoinAsync(server, "ann"))["code"]!);
        Assert.Equal("welcome", (string)(await TryJoinAsync(server, "ben"))["type"]!);
    }

    [Theory]
    [InlineData("IdentityMessages", """{"type":"message","to":"room","text":"hi"}""")]
    [InlineData("AddressMessages", """{"type":"message","to":"room","text":"hi"}""")]
    [InlineData("IdentityHands", """{"type":"raise-hand"}""")]
    [InlineData("AddressHands", """{"type":"raise-hand"}""")]
    public async Task What_comes_too_often_is_refused_and_the_connection_stays(string limit, string message)
    {
        await using ServerUnderTest server = await StartAsync(limit, exemptLoopback: false);
        await using ProtocolClient ann = await server.JoinAsync("lobby", "ann");

        Assert.Equal("ok", (string)(await ann.RequestAsync(message))["type"]!);
        Assert.Equal("ok", (string)(await ann.RequestAsync(message))["type"]!);
        JsonObject refused = await ann.RequestAsync(message);
        Assert.Equal(("too-often", false), ((string)refused["code"]!, (bool)refused["fatal"]!));
        Assert.Equal("pong", (string)(await ann.RequestAsync("""{"type":"ping"}"""))["type"]!);
    }

    [Fact]
    public async Task Coming_back_makes_nobody_forget()
    {
        await using ServerUnderTest server = await StartAsync("IdentityMessages");
        await using (ProtocolClient ann = await server.JoinAsync("lobby", "ann"))
        {
            await ann.RequestAsync("""{"type":"message","to":"room","text":"hi"}""");
            await ann.RequestAsync("""{"type":"message","to":"room","text":"hi"}""");
        }

        await using ProtocolClient again = await server.JoinAsync("lobby", "ann");
        Assert.Equal("too-often", (string)(await again.RequestAsync("""{"type":"message","to":"room","text":"hi"}"""))["code"]!);
    }

    [Fact]
    public async Task A_proxy_that_is_trusted_says_who_comes()
    {
        await using ServerUnderTest server = await StartAsync("AddressJoins", trusted: "127.0.0.1");

        Assert.Equal(["token-malformed", "token-malformed", "too-many-joins"], await JoinFromAsync(server, "203.0.113.7", 3));
        Assert.Equal(["token-malformed"], await JoinFromAsync(server, "203.0.113.8", 1));
    }

    [Fact]
    public async Task A_proxy_that_is_not_trusted_says_nothing()
    {
        await using ServerUnderTest server = await StartAsync("AddressJoins");

        Assert.Equal(Enumerable.Repeat("token-malformed", 4), await JoinFromAsync(server, "203.0.113.7", 4));
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", false)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", true)]
    public async Task Addresses_of_one_subscriber_count_together(string one, string other, bool apart)
    {
        await using ServerUnderTest server = await StartAsync("AddressJoins");
        RateLimits limits = server.Signalling.Limits;

        Assert.True(limits.Allows(LimitedAction.Join, IPAddress.Parse(one)) && limits.Allows(LimitedAction.Join, IPAddress.Parse(one)));
        Assert.Equal(apart, limits.Allows(LimitedAction.Join, IPAddress.Parse(other)));
    }

    private static Task<ServerUnderTest> StartAsync(string limit, bool exemptLoopback = true, string trusted = "") => ServerUnderTest.StartAsync(new()
    {
        [$"Sfu:Limits:{limit}:PerMinute"] = "1",
        [$"Sfu:Limits:{limit}:Burst"] = "2",
        ["Sfu:Limits:ExemptLoopback"] = exemptLoopback ? "true" : "false",
        ["Sfu:Limits:TrustedProxies"] = trusted,
    });

    private static async Task<JsonObject> TryJoinAsync(ServerUnderTest server, string identity, string? token = null, string? forwardedFor = null)
    {
        await using ProtocolClient client = await ProtocolClient.ConnectAsync(server.Address, forwardedFor);
        return await client.RequestAsync(new JsonObject
        {
            ["type"] = "join",
            ["v"] = 1,
            ["room"] = "lobby",
            ["token"] = token ?? TestToken.For("lobby", identity).ToString(),
        });
    }

    private static async Task<string[]> JoinFromAsync(ServerUnderTest server, string address, int times)
    {
        var codes = new string[times];
        for (int i = 0; i < times; i++)
            codes[i] = (string)(await TryJoinAsync(server, "ann", "nonsense", address))["code"]!;
        return codes;
    }
}
