using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Sfu.Signalling.Hosting;

/// <summary>The server that listens, and beside it the one that takes over HTTP/2 in cleartext; see <see cref="CleartextHttp2"/>.</summary>
internal sealed class SharedPortServer(IServer listening, KestrelServer http2) : IServer
{
    public IFeatureCollection Features => listening.Features;

    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        await http2.StartAsync(application, cancellationToken);
        await listening.StartAsync(application, cancellationToken);
    }

    /// <summary>Both at once: a connection ends in the one that has taken it over, and the other waits for that.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(listening.StopAsync(cancellationToken), http2.StopAsync(cancellationToken));

    public void Dispose()
    {
        listening.Dispose();
        http2.Dispose();
    }
}
