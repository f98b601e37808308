using Sfu.Node;
using Sfu.Signalling.WebSockets;

namespace Sfu.Signalling.Hosting;

/// <summary>The order of the end: clients are told while their sockets still work, then the node stops.</summary>
internal sealed class NodeService(SfuNode node, ConnectionHub hub) : IHostedLifecycleService
{
    /// <summary>How long all clients together may take to say goodbye.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => hub.StopAsync(Patience);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken) => await node.DisposeAsync();
}
