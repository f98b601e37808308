using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Sfu.Signalling.Diagnostics;

namespace Sfu.Signalling.Whip;

/// <summary>Finds a session by its resource's id, which has 256 random bits: who knows it may end the session, as with a resume token.</summary>
internal sealed class WhipSessions(SignallingMetrics metrics)
{
    private readonly ConcurrentDictionary<string, WhipSession> _byId = new(StringComparer.Ordinal);

    public int Count => _byId.Count;

    public bool TryFind(string id, [NotNullWhen(true)] out WhipSession? session) => _byId.TryGetValue(id, out session);

    public void Add(WhipSession session)
    {
        if (_byId.TryAdd(session.Id, session))
            metrics.WhipSessionBegan(session.Purpose);
    }

    /// <summary>Idempotent.</summary>
    public void Forget(WhipSession session)
    {
        if (_byId.TryRemove(session.Id, out _))
            metrics.WhipSessionEnded(session.Purpose);
    }
}
