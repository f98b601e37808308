using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Sfu.Signalling.IceServers;
using Sfu.Signalling.Messages;
using Sfu.Signalling.Options;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.IceServers;

public sealed class IceServerListTests
{
    private const string Secret = "north-by-northwest";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_764_000_000);

    /// <summary>Computed with OpenSSL: <c>printf '1764003600:ada' | openssl dgst -sha1 -hmac north-by-northwest -binary | base64</c>.</summary>
    [Fact]
    public void A_secret_makes_credentials_as_coturn_checks_them()
    {
        IceServerDto server = Assert.Single(List(new() { ["0:Urls"] = "turn:turn.example.org", ["0:Secret"] = Secret, ["0:Ttl"] = "1h" }).For("ada"));

        Assert.Equal("1764003600:ada", server.Username);
        Assert.Equal("wYe4BjUDnWkdNMShwqyJomZ56tM=", server.Credential);
        Assert.Equal(["turn:turn.example.org"], server.Urls);
    }

    [Fact]
    public void Everybody_gets_credentials_of_their_own()
    {
        IceServerList list = List(new() { ["0:Urls"] = "turn:turn.example.org", ["0:Secret"] = Secret });

        Assert.NotEqual(list.For("ada")[0].Credential, list.For("bob")[0].Credential);
    }

    [Fact]
    public void A_fixed_account_and_a_stun_server_are_passed_on_as_they_are()
    {
        IReadOnlyList<IceServerDto> servers = List(new()
        {
            ["0:Urls"] = "turns:turn.example.org:443?transport=tcp",
            ["0:Username"] = "u",
            ["0:Credential"] = "c",
            ["1:Urls"] = "stun:[2001:db8::1]:3478",
        }).For("ada");

        Assert.Equal(("u", "c"), (servers[0].Username, servers[0].Credential));
        Assert.Equal((null, null), (servers[1].Username, servers[1].Credential));
    }

    [Fact]
    public void No_credential_shows_where_a_server_is_printed()
    {
        IceServerDto server = Assert.Single(List(new() { ["0:Urls"] = "turn:turn.example.org", ["0:Secret"] = Secret }).For("ada"));

        Assert.Equal("turn:turn.example.org", server.ToString());
        Assert.Equal("turn:turn.example.org", Settings(new() { ["0:Urls"] = "turn:turn.example.org", ["0:Secret"] = Secret }).IceServers[0].ToString());
    }

    [Fact]
    public async Task The_welcome_names_them_and_no_log_holds_a_secret()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(
            new() { ["Sfu:IceServers:0:Urls"] = "turn:turn.example.org:3478", ["Sfu:IceServers:0:Secret"] = Secret },
            logs: Microsoft.Extensions.Logging.LogLevel.Trace);
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");

        JsonNode ice = Assert.Single(ada.Welcome["iceServers"]!.AsArray())!;
        string username = (string)ice["username"]!;
        string credential = (string)ice["credential"]!;

        Assert.Equal("turn:turn.example.org:3478", (string)ice["urls"]![0]!);
        Assert.EndsWith(":ada", username, StringComparison.Ordinal);
        Assert.Equal(Sign(username), credential);
        Assert.DoesNotContain(server.Logs.All, line => line.Contains(Secret, StringComparison.Ordinal) || line.Contains(credential, StringComparison.Ordinal));
    }

    private static string Sign(string username)
    {
#pragma warning disable CA5350 // The scheme is coturn's.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(username)));
#pragma warning restore CA5350
    }

    private static IceServerList List(Dictionary<string, string?> servers) => new(Settings(servers), new FakeTimeProvider(Now));

    private static ServerSettings Settings(Dictionary<string, string?> servers)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(servers.ToDictionary(pair => $"Sfu:IceServers:{pair.Key}", pair => pair.Value))
            .Build();
        ServerSettings? settings = ServerSettings.Read(configuration, out IReadOnlyList<string> errors);
        Assert.Empty(errors);
        return settings!;
    }
}
