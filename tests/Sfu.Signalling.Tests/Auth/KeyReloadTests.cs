using System.Text.Json.Nodes;
using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Options;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.Auth;

/// <summary>With a file, as an operator changes it; the reload is asked for, so that no watcher's pace decides.</summary>
public sealed class KeyReloadTests : IDisposable
{
    private const string OldSecret = "old-old-old-old-old-old-old-old-old";
    private const string NewSecret = "new-new-new-new-new-new-new-new-new";

    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public async Task Keys_are_rotated_without_a_restart()
    {
        (IConfigurationRoot configuration, KeyRing keys, KeyReload reload) = Start(new() { ["old"] = OldSecret });
        var verifier = new ApiTokenVerifier(keys, TimeProvider.System);
        string byOld = (ApiToken.Everything with { Kid = "old", Key = OldSecret }).ToString();
        string byNew = (ApiToken.Everything with { Kid = "new", Key = NewSecret }).ToString();
        Assert.Equal(TokenOutcome.Valid, (await verifier.VerifyAsync(byOld)).Outcome);
        Assert.Equal(TokenOutcome.UnknownKey, (await verifier.VerifyAsync(byNew)).Outcome);

        Write(new() { ["old"] = OldSecret, ["new"] = NewSecret });
        configuration.Reload();
        Assert.Equal(TokenOutcome.Valid, (await verifier.VerifyAsync(byOld)).Outcome);
        Assert.Equal(TokenOutcome.Valid, (await verifier.VerifyAsync(byNew)).Outcome);

        Write(new() { ["new"] = NewSecret });
        configuration.Reload();
        Assert.Equal(TokenOutcome.UnknownKey, (await verifier.VerifyAsync(byOld)).Outcome);
        Assert.Equal(TokenOutcome.Valid, (await verifier.VerifyAsync(byNew)).Outcome);
        reload.Dispose();
    }

    [Fact]
    public void Keys_with_errors_and_no_keys_are_not_taken()
    {
        (IConfigurationRoot configuration, KeyRing keys, KeyReload reload) = Start(new() { ["old"] = OldSecret });

        Write(new() { ["new"] = "short" });
        configuration.Reload();
        Assert.Equal(["old"], keys.KeyIds);
        Write([]);
        configuration.Reload();
        Assert.Equal(["old"], keys.KeyIds);
        reload.Dispose();
    }

    [Fact]
    public async Task The_running_server_takes_new_keys()
    {
        Write(new() { ["old"] = OldSecret });
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(withKeys: false, sources: c => c.AddJsonFile(_path, optional: false, reloadOnChange: false));
        using Backend backend = new(server.Address, ApiToken.Everything with { Kid = "new", Key = NewSecret });
        await Backend.FailsAsync(StatusCode.Unauthenticated, "TOKEN_UNKNOWN_KEY", () => backend.CreateAsync("lobby"));

        Write(new() { ["new"] = NewSecret });
        server.Configuration.Reload();

        await backend.CreateAsync("lobby");
        Assert.All(server.Logs.All, line => Assert.False(line.Contains(NewSecret, StringComparison.Ordinal) || line.Contains(OldSecret, StringComparison.Ordinal), line));
        Assert.Contains(server.Logs.All, line => line.Contains("signed by the keys new", StringComparison.Ordinal));
    }

    public void Dispose() => File.Delete(_path);

    private (IConfigurationRoot Configuration, KeyRing Keys, KeyReload Reload) Start(Dictionary<string, string> keys)
    {
        Write(keys);
        IConfigurationRoot configuration = new ConfigurationBuilder().AddJsonFile(_path, optional: false, reloadOnChange: false).Build();
        KeyRing ring = ServerSettings.Read(configuration, out _)!.Keys;
        var reload = new KeyReload(configuration, ring, NullLogger<KeyReload>.Instance);
        _ = reload.StartAsync(TestContext.Current.CancellationToken);
        return (configuration, ring, reload);
    }

    private void Write(Dictionary<string, string> keys)
    {
        var section = new JsonObject();
        foreach ((string keyId, string secret) in keys)
            section[keyId] = secret;
        File.WriteAllText(_path, new JsonObject { ["Sfu"] = new JsonObject { ["Keys"] = section } }.ToJsonString());
    }
}
