using Sfu.Node;
using Sfu.Signalling.WebSockets;

namespace Sfu.Signalling.Health;

/// <summary>For orchestrators: restart when not alive, send nobody here when not ready.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("alive"));
        routes.MapGet("/readyz", (ConnectionHub hub, SfuNode node) =>
            hub.IsStopping ? NotReady("stopping") : node.Snapshot().Workers.Count == 0 ? NotReady("no workers") : Results.Text("ready"));
    }

    private static IResult NotReady(string why) => Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable);
}
