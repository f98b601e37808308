using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sfu.Node;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Health;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <summary>Puts the gRPC services into the server.</summary>
internal static class ControlPlane
{
    private static readonly TimeSpan HealthInterval = TimeSpan.FromSeconds(2);

    public static void AddControlPlane(this IServiceCollection services)
    {
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = CallSizeLimit.Bytes;
            grpc.Interceptors.Add<CallMetrics>();
        });
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks(health => health.Services.Map(Wire.RoomService.Descriptor.FullName, static _ => true))
            .AddCheck<ReadinessCheck>("node");
        // Those who watch grpc.health.v1 are told at this pace; a check asks at once.
        services.Configure<HealthCheckPublisherOptions>(publisher =>
        {
            publisher.Delay = HealthInterval;
            publisher.Period = HealthInterval;
        });

        services.AddSingleton<CallMetrics>();
        services.AddSingleton<ApiTokenVerifier>();
        services.AddSingleton<CallAuthorization>();
        services.AddSingleton<RoomCreation>();
        services.AddSingleton<RoomListing>();
        services.AddHostedService<KeyReload>();
    }

    public static void MapControlPlane(this WebApplication app)
    {
        // Before the first room opens.
        app.Services.GetRequiredService<SfuNode>().Watch(app.Services.GetRequiredService<RoomListing>());
        app.MapGrpcService<RoomControl>().WithMetadata(new CallSizeLimit());
        app.MapGrpcService<NodeControl>();
        app.MapGrpcReflectionService();
        app.MapGrpcHealthChecksService();
    }
}
