using Sfu.Signalling.Messages;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.IceServers;

/// <summary>The STUN and TURN servers that a client is told of, with credentials of its own where a server shares a secret with us.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class IceServerList(ServerSettings settings, TimeProvider time)
{
    /// <param name="identity">Of the client, as its token names it.</param>
    /// <returns>Holds credentials: for this client, and for no log.</returns>
    public IReadOnlyList<IceServerDto> For(string identity) => [.. settings.IceServers.Select(server => For(server, identity))];

    private IceServerDto For(IceServerSettings server, string identity)
    {
        if (server.Secret is not { } secret)
            return new IceServerDto(server.Urls, server.Username, server.Credential);

        (string username, string credential) = TurnCredential.Create(secret, identity, time.GetUtcNow() + server.Ttl);
        return new IceServerDto(server.Urls, username, credential);
    }
}
