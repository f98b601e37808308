using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sfu.Node;
using Sfu.Signalling.WebSockets;

namespace Sfu.Signalling.Health;

/// <summary>Whether new people and rooms are welcome here.</summary>
internal sealed class ReadinessCheck(SfuNode node, ConnectionHub hub) : IHealthCheck
{
    /// <summary>Null when ready.</summary>
    public string? NotReadyBecause =>
        hub.IsStopping ? "stopping" : node.Draining ? "draining" : node.Snapshot().Workers.Count == 0 ? "no workers" : null;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(NotReadyBecause is { } why ? HealthCheckResult.Unhealthy(why) : HealthCheckResult.Healthy());
}
