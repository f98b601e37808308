namespace Sfu.LoadTest.Signalling;

/// <summary>Listeners of Janus's mountpoint 1. Its speaker sends plain RTP and does not join.</summary>
/// <param name="server">ws or wss.</param>
internal sealed class JanusSignalling(Uri server) : ISignalling
{
    private const int Mountpoint = 1;

    private readonly Lock _gate = new();
    private Task<JanusConnection>? _connection;

    /// <summary>Connects.</summary>
    public async Task<ClientIdentity> PrepareAsync(string name, string room, ClientRole role, CancellationToken cancellation)
    {
        await ConnectionAsync();
        return new ClientIdentity(name, room, role, Token: null);
    }

    public async Task<ISignallingSession> JoinAsync(ClientIdentity identity, CancellationToken cancellation) =>
        await JanusSession.WatchAsync(await ConnectionAsync(), Mountpoint, cancellation);

    public void Dispose()
    {
        if (_connection is { IsCompletedSuccessfully: true } connected)
            connected.Result.Dispose();
    }

    /// <summary>One for all, so nobody's cancellation ends it.</summary>
    private Task<JanusConnection> ConnectionAsync()
    {
        lock (_gate)
            return _connection ??= JanusConnection.ConnectAsync(server, CancellationToken.None);
    }
}
