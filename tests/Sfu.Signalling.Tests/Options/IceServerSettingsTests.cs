using Microsoft.Extensions.Configuration;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Tests.Options;

public sealed class IceServerSettingsTests
{
    [Theory]
    [InlineData("stun:stun.example.org")]
    [InlineData("stuns:stun.example.org:5349")]
    [InlineData("stun:192.0.2.1:3478")]
    [InlineData("stun:[2001:db8::1]")]
    public void A_stun_server_needs_nothing_but_its_address(string url) => Assert.Empty(ErrorsOf(("Urls", url)));

    [Theory]
    [InlineData("turn:turn.example.org")]
    [InlineData("turn:turn.example.org:3478?transport=udp")]
    [InlineData("turns:[2001:db8::1]:443?transport=tcp")]
    public void A_turn_server_needs_a_secret_or_an_account(string url)
    {
        Assert.Empty(ErrorsOf(("Urls", url), ("Secret", "long-enough")));
        Assert.Empty(ErrorsOf(("Urls", url), ("Username", "u"), ("Credential", "c")));
        Assert.StartsWith("Sfu:IceServers:0:Secret is missing", Assert.Single(ErrorsOf(("Urls", url))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.org")]
    [InlineData("stun.example.org")]
    [InlineData("stun:")]
    [InlineData("stun:host:0")]
    [InlineData("stun:host:65536")]
    [InlineData("stun:host:port")]
    [InlineData("stun:two words")]
    [InlineData("stun:[2001:db8::1")]
    [InlineData("stun:host?transport=udp")]
    [InlineData("turn://turn.example.org")]
    public void What_is_no_address_is_refused(string url) =>
        Assert.StartsWith("Sfu:IceServers:0:Urls holds", Assert.Single(ErrorsOf(("Urls", url), ("Secret", url.StartsWith("turn", StringComparison.Ordinal) ? "long-enough" : null))), StringComparison.Ordinal);

    [Fact]
    public void What_excludes_each_other_is_refused()
    {
        Assert.StartsWith(
            "Sfu:IceServers:0:Secret and Credential exclude each other",
            Assert.Single(ErrorsOf(("Urls", "turn:a.example"), ("Secret", "long-enough"), ("Username", "u"), ("Credential", "c"))),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Sfu:IceServers:0:Username is missing",
            Assert.Single(ErrorsOf(("Urls", "turn:a.example"), ("Credential", "c"))),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Sfu:IceServers:0:Secret must have at least 8",
            Assert.Single(ErrorsOf(("Urls", "turn:a.example"), ("Secret", "short"))),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Sfu:IceServers:0:Urls names no TURN server",
            Assert.Single(ErrorsOf(("Urls", "stun:a.example"), ("Secret", "long-enough"))),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Sfu:IceServers:0:Ttl must be a time",
            Assert.Single(ErrorsOf(("Urls", "turn:a.example"), ("Secret", "long-enough"), ("Ttl", "1s"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_tells_no_secret()
    {
        string error = Assert.Single(ErrorsOf(("Urls", "stun:a.example"), ("Secret", "long-enough")));

        Assert.DoesNotContain("long-enough", error, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> ErrorsOf(params (string Key, string? Value)[] values)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Where(v => v.Value is not null).Select(v => KeyValuePair.Create($"Sfu:IceServers:0:{v.Key}", v.Value)))
            .Build();
        ServerSettings.Read(configuration, out IReadOnlyList<string> errors);
        return errors;
    }
}
