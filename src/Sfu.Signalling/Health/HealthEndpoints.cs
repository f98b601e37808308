namespace Sfu.Signalling.Health;

/// <summary>For orchestrators: restart when not alive, send nobody here when not ready.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("alive"));
        routes.MapGet("/readyz", (ReadinessCheck readiness) =>
            readiness.NotReadyBecause is { } why ? Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Text("ready"));
    }
}
