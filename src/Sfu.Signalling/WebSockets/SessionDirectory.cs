using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Sfu.Signalling.WebSockets;

/// <summary>Finds a session by a resume token. A token has 256 random bits; looking it up tells nothing by its timing.</summary>
internal sealed class SessionDirectory
{
    private readonly ConcurrentDictionary<string, ResumableSession> _byToken = new(StringComparer.Ordinal);

    /// <summary>At most two for each session: the newest and the one that was used last.</summary>
    public int Tokens => _byToken.Count;

    public bool TryFind(string token, [NotNullWhen(true)] out ResumableSession? session) => _byToken.TryGetValue(token, out session);

    public void Remember(string token, ResumableSession session) => _byToken[token] = session;

    public void Forget(params ReadOnlySpan<string?> tokens)
    {
        foreach (string? token in tokens)
        {
            if (token is not null)
                _byToken.TryRemove(token, out _);
        }
    }
}
