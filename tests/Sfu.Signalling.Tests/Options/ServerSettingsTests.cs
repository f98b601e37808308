using System.Net;
using Microsoft.Extensions.Configuration;
using Sfu.Signalling.Options;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.Options;

public sealed class ServerSettingsTests
{
    [Fact]
    public void Nothing_configured_means_a_development_key_and_loopback()
    {
        ServerSettings settings = Read([])!;

        Assert.True(settings.Keys.IsDevelopment);
        Assert.Equal(["dev"], settings.Keys.KeyIds);
        Assert.Equal(["http://localhost:5080"], settings.Listen.Urls);
        Assert.Equal(40_000, settings.Media.Port);
        Assert.All(settings.Media.BindAddresses, address => Assert.True(IPAddress.IsLoopback(address)));
        Assert.Equal(65_536, settings.Signalling.MaxMessageBytes);
        Assert.Equal(TimeSpan.FromSeconds(15), settings.Signalling.PingInterval);
    }

    [Fact]
    public void Every_setting_is_read()
    {
        ServerSettings settings = Read(new()
        {
            ["Sfu:Keys:main"] = TestToken.Secret,
            ["Sfu:Keys:next"] = "base64:" + Convert.ToBase64String(new byte[32]),
            ["Sfu:Media:Workers"] = "4",
            ["Sfu:Media:Port"] = "50000",
            ["Sfu:Media:BindAddresses:0"] = "0.0.0.0",
            ["Sfu:Media:BindAddresses:1"] = "::1",
            ["Sfu:Media:AdvertisedAddresses"] = "192.0.2.1, 2001:db8::1",
            ["Sfu:Media:Slots"] = "5",
            ["Sfu:Media:MaxAudience"] = "70",
            ["Sfu:Media:ConsentTimeout"] = "00:00:20",
            ["Sfu:Signalling:MaxMessageBytes"] = "10000",
            ["Sfu:Signalling:ResumeWindow"] = "2m",
            ["Sfu:Signalling:AllowedOrigins:0"] = "https://example.org",
            ["Sfu:IceServers:0:Urls:0"] = "turn:turn.example.org",
            ["Sfu:IceServers:0:Username"] = "u",
            ["Sfu:IceServers:0:Credential"] = "c",
            ["Sfu:Webhooks:0:Url"] = "https://example.org/sfu",
            ["Sfu:Webhooks:0:Key"] = "next",
            ["Sfu:Webhooks:0:Events"] = "room.opened, room.ended",
            ["Sfu:Webhooks:0:GiveUpAfter"] = "1h",
            ["Sfu:Limits:IdentityHands:PerMinute"] = "3",
            ["Sfu:Limits:ExemptLoopback"] = "false",
            ["Sfu:Limits:TrustedProxies"] = "192.0.2.9, 10.0.0.0/8",
            ["urls"] = "http://0.0.0.0:80",
        })!;

        Assert.Equal(["main", "next"], settings.Keys.KeyIds);
        Assert.False(settings.Keys.IsDevelopment);
        Assert.Equal(4, settings.Media.Workers);
        Assert.Equal(50_000, settings.Media.Port);
        Assert.Equal([IPAddress.Any, IPAddress.IPv6Loopback], settings.Media.BindAddresses);
        Assert.Equal([IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")], settings.Media.AdvertisedAddresses);
        Assert.Equal(5, settings.Media.Slots);
        Assert.Equal(70, settings.Media.MaxAudience);
        Assert.Equal(TimeSpan.FromSeconds(20), settings.Media.ConsentTimeout);
        Assert.Equal(10_000, settings.Signalling.MaxMessageBytes);
        Assert.Equal(TimeSpan.FromMinutes(2), settings.Signalling.ResumeWindow);
        Assert.Equal(["https://example.org"], settings.Signalling.AllowedOrigins);
        Assert.Equal("turn:turn.example.org", Assert.Single(settings.IceServers).Urls[0]);
        WebhookSettings webhook = Assert.Single(settings.Webhooks);
        Assert.Equal(("https://example.org/sfu", "next", TimeSpan.FromHours(1)), (webhook.Url.ToString(), webhook.Key, webhook.GiveUpAfter));
        Assert.Equal(["room.opened", "room.ended"], webhook.Events);
        Assert.Equal(new RateSettings(3, 6), settings.Limits.IdentityHands);
        Assert.False(settings.Limits.ExemptLoopback);
        Assert.Equal(["192.0.2.9/32", "10.0.0.0/8"], settings.Limits.TrustedProxies.Select(p => p.ToString()));
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        IReadOnlyList<string> errors = ErrorsOf(new()
        {
            ["Sfu:Keys:short"] = "not enough",
            ["Sfu:Keys:bad"] = "base64:###",
            ["Sfu:Media:Workers"] = "many",
            ["Sfu:Media:Slots"] = "13",
            ["Sfu:Media:BindAddresses:0"] = "localhost",
            ["Sfu:Media:AdvertisedAddresses:0"] = "0.0.0.0",
            ["Sfu:Media:Wokers"] = "2",
            ["Sfu:Signalling:PingInterval"] = "15",
            ["Sfu:Signalling:AllowedOrigins:0"] = "example.org/path",
            ["Sfu:IceServers:0:Ttl"] = "1h",
            ["Sfu:Webhooks:0:Url"] = "ftp://example.org",
            ["Sfu:Webhooks:0:Key"] = "other",
            ["Sfu:Webhooks:0:Events"] = "room.renamed",
            ["Sfu:Limits:AddressJoins:PerMinute"] = "-1",
            ["Sfu:Limits:TrustedProxies"] = "proxy",
            ["Sfu:Colour"] = "red",
            ["urls"] = "nonsense",
        });

        Assert.Collection(
            errors.Order(StringComparer.Ordinal),
            e => Assert.StartsWith("Sfu:Colour is not a setting", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:IceServers:0:Urls is missing", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Keys:bad ", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Keys:short has 10 bytes", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Limits:AddressJoins:PerMinute must be", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Limits:TrustedProxies holds \"proxy\"", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Media:AdvertisedAddresses holds 0.0.0.0", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Media:BindAddresses holds \"localhost\"", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Media:Slots must be a whole number from 1 to 12", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Media:Wokers is not a setting", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Media:Workers must be a whole number", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Signalling:AllowedOrigins holds \"example.org/path\"", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Signalling:PingInterval must be a time", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Webhooks:0:Events holds \"room.renamed\"", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Webhooks:0:Key must name", e, StringComparison.Ordinal),
            e => Assert.StartsWith("Sfu:Webhooks:0:Url must be", e, StringComparison.Ordinal),
            e => Assert.StartsWith("The address to listen on \"nonsense\"", e, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:5080")]
    [InlineData("urls", "http://localhost:5080;http://192.0.2.7:80")]
    [InlineData("urls", "http://*:5080")]
    [InlineData("urls", "http://[::]:5080")]
    [InlineData("urls", "http://example.org:5080")]
    [InlineData("http_ports", "8080")]
    [InlineData("https_ports", "8443")]
    [InlineData("Kestrel:Endpoints:Public:Url", "https://+:443")]
    [InlineData("Sfu:Media:BindAddresses:0", "0.0.0.0")]
    [InlineData("Sfu:Media:BindAddresses:0", "::")]
    public void Without_keys_nothing_but_loopback_is_served(string key, string value)
    {
        string error = Assert.Single(ErrorsOf(new() { [key] = value }));

        Assert.StartsWith("Sfu:Keys:<kid> is missing", error, StringComparison.Ordinal);
        Assert.Contains("Sfu__Keys__main=", error, StringComparison.Ordinal);
        Assert.NotNull(Read(new() { [key] = value, ["Sfu:Keys:main"] = TestToken.Secret }));
    }

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:5080;http://[::1]:5080")]
    [InlineData("http://127.3.2.1:0")]
    public void Loopback_needs_no_keys(string urls) => Assert.NotNull(Read(new() { ["urls"] = urls }));

    [Fact]
    public void A_key_that_is_wrong_does_not_count_as_none()
    {
        IReadOnlyList<string> errors = ErrorsOf(new() { ["urls"] = "http://*:80", ["Sfu:Keys:main"] = "short" });

        Assert.StartsWith("Sfu:Keys:main has 5 bytes", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_printed_holds_no_secret()
    {
        ServerSettings settings = Read(new()
        {
            ["Sfu:Keys:main"] = TestToken.Secret,
            ["Sfu:IceServers:0:Urls"] = "turn:turn.example.org",
            ["Sfu:IceServers:0:Secret"] = "turn-secret",
        })!;

        string text = string.Join('\n', EffectiveConfiguration.Lines(settings));

        Assert.Contains("main", text, StringComparison.Ordinal);
        Assert.Contains("turn:turn.example.org", text, StringComparison.Ordinal);
        Assert.DoesNotContain(TestToken.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain("turn-secret", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("15s", 15_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5m", 90_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("00:00:15", 15_000)]
    public void Times_are_read_as_people_write_them(string text, int milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan value));
        Assert.Equal(milliseconds, value.TotalMilliseconds);
    }

    [Theory]
    [InlineData("15")]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1e300h")]
    [InlineData("soon")]
    public void What_is_no_time_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));

    private static ServerSettings? Read(Dictionary<string, string?> values) => ServerSettings.Read(Configuration(values), out _);

    private static IReadOnlyList<string> ErrorsOf(Dictionary<string, string?> values)
    {
        Assert.Null(ServerSettings.Read(Configuration(values), out IReadOnlyList<string> errors));
        return errors;
    }

    private static IConfiguration Configuration(Dictionary<string, string?> values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values).Build();
}
