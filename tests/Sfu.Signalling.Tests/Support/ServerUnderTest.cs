using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sfu.Node;
using Sfu.Signalling.Hosting;
using Sfu.Signalling.Options;
using Sfu.Signalling.WebSockets;
using Sfu.Signalling.Whip;

namespace Sfu.Signalling.Tests.Support;

/// <summary>The whole server in this process: a real node, Kestrel on a free loopback port, and the key of <see cref="TestToken"/>.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServerUnderTest(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public RecordingLoggerProvider Logs => _app.Services.GetRequiredService<RecordingLoggerProvider>();

    public SignallingServices Signalling => _app.Services.GetRequiredService<SignallingServices>();

    public WhipSessions WhipSessions => _app.Services.GetRequiredService<WhipSessions>();

    public SfuNode Node => _app.Services.GetRequiredService<SfuNode>();

    public IConfigurationRoot Configuration => (IConfigurationRoot)_app.Configuration;

    /// <param name="sources">More configuration, which wins.</param>
    /// <param name="logs">Records all from this level on, also what the server's filters keep back.</param>
    public static async Task<ServerUnderTest> StartAsync(
        Dictionary<string, string?>? configuration = null,
        TimeProvider? time = null,
        bool withKeys = true,
        Action<IConfigurationBuilder>? sources = null,
        LogLevel? logs = null,
        string url = "http://127.0.0.1:0")
    {
        WebApplicationBuilder builder = SignallingHost.CreateBuilder(["--urls", url]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sfu:Media:Port"] = "0",
            ["Sfu:Media:Workers"] = "1",
            ["Sfu:Media:BindAddresses:0"] = "127.0.0.1",
        });
        if (withKeys)
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [$"Sfu:Keys:{TestToken.KeyId}"] = TestToken.Secret });
        builder.Configuration.AddInMemoryCollection(configuration ?? []);
        sources?.Invoke(builder.Configuration);
        var recorder = new RecordingLoggerProvider();
        builder.Logging.ClearProviders().AddProvider(recorder);
        builder.Services.AddSingleton(recorder);
        if (logs is { } least)
            builder.Logging.SetMinimumLevel(least).AddFilter("Microsoft", least).AddFilter("Grpc", least);
        if (time is not null)
            builder.Services.AddSingleton(time);

        ServerSettings? settings = ServerSettings.Read(builder.Configuration, out IReadOnlyList<string> errors);
        Assert.Empty(errors);
        WebApplication app = SignallingHost.Build(builder, settings!);
        await app.StartAsync();
        return new ServerUnderTest(app);
    }

    public Task<ProtocolClient> ConnectAsync() => ProtocolClient.ConnectAsync(Address);

    /// <summary>Connects and joins.</summary>
    public async Task<ProtocolClient> JoinAsync(string room, string identity, string role = "speaker", bool onStage = false)
    {
        ProtocolClient client = await ConnectAsync();
        await client.JoinAsync(room, TestToken.For(room, identity, role).ToString(), onStage);
        return client;
    }

    public Backend CreateBackend(TestToken? token = null) => new(Address, token);

    public HttpClient CreateHttpClient() => new() { BaseAddress = Address };

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
