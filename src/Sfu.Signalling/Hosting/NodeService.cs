using Sfu.Node;
using Sfu.Signalling.Webhooks;
using Sfu.Signalling.WebSockets;

namespace Sfu.Signalling.Hosting;

/// <summary>The order of the end: clients are told while their sockets still work, then the node stops, and receivers of webhooks hear of it.</summary>
internal sealed class NodeService(SfuNode node, ConnectionHub hub, WebhookDispatcher webhooks) : IHostedLifecycleService
{
    /// <summary>How long all clients together may take to say goodbye.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How long all receivers of webhooks together may take for what still waits.</summary>
    private static readonly TimeSpan WebhookPatience = TimeSpan.FromSeconds(2);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        webhooks.Start();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => hub.StopAsync(Patience);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await node.DisposeAsync();
        await webhooks.StopAsync(WebhookPatience);
    }
}
