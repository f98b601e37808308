using Microsoft.Extensions.DependencyInjection.Extensions;
using Prometheus;
using Sfu.Node;
using Sfu.Signalling.Auth;
using Sfu.Signalling.DevPage;
using Sfu.Signalling.Diagnostics;
using Sfu.Signalling.Grpc;
using Sfu.Signalling.Health;
using Sfu.Signalling.IceServers;
using Sfu.Signalling.Limits;
using Sfu.Signalling.Messages;
using Sfu.Signalling.Options;
using Sfu.Signalling.Webhooks;
using Sfu.Signalling.WebSockets;
using Sfu.Signalling.Whip;

namespace Sfu.Signalling.Hosting;

/// <summary>Puts the server together from checked settings.</summary>
internal static class SignallingHost
{
    /// <summary>Longer than clients and receivers of webhooks may take for the end.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // Files beside the program, wherever it is started from.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(SignallingHost).Assembly.GetName().Name,
        });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Grpc", LogLevel.Warning);
        return builder;
    }

    /// <summary>Starts the node, and stops it when the application ends.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The media ports cannot be opened.</exception>
    public static WebApplication Build(WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.AddListeners(settings);
        AddServices(builder.Services, settings);

        WebApplication app = builder.Build();
        app.UseClientAddresses(settings.Limits);
        app.UsePage();
        app.UseWebSockets();
        // Every method: over HTTP/2 a WebSocket is opened with CONNECT (RFC 8441), over HTTP/1.1 with GET.
        app.Map(ProtocolVersion.Path, (HttpContext context, WebSocketEndpoint endpoint) => endpoint.HandleAsync(context));
        app.MapWhip();
        app.MapHealth();
        app.MapControlPlane();
        CollectorRegistry metrics = app.Services.GetRequiredService<SignallingMetrics>().Registry;
        NodeMetrics.Collect(metrics, app.Services.GetRequiredService<SfuNode>());
        RuntimeMetrics.Collect(metrics);
        app.MapMetrics("/metrics", metrics);
        if (settings.Keys.IsDevelopment)
            app.MapDevelopment();
        return app;
    }

    private static void AddServices(IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.Keys);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => SfuNode.Start(settings.Media, TimeProvider.System, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<SignallingMetrics>();
        services.AddSingleton<TokenVerifier>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<IceServerList>();
        services.AddSingleton<SignallingServices>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<WebhookDispatcher>();
        services.AddSingleton<ConnectionHub>();
        services.AddSingleton<WebSocketEndpoint>();
        services.AddSingleton<WhipSessions>();
        services.AddSingleton<WhipEndpoint>();
        services.AddSingleton<WhipSessionEndpoint>();
        services.AddSingleton<ReadinessCheck>();
        services.AddControlPlane();
        services.AddHostedService<NodeService>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
    }
}
