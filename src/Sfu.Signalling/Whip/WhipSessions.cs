using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Sfu.Signalling.Whip;

/// <summary>Finds a session by its resource's id, which has 256 random bits: who knows it may end the session, as with a resume token.</summary>
internal sealed class WhipSessions
{
    private readonly ConcurrentDictionary<string, WhipSession> _byId = new(StringComparer.Ordinal);

    public int Count => _byId.Count;

    public bool TryFind(string id, [NotNullWhen(true)] out WhipSession? session) => _byId.TryGetValue(id, out session);

    public void Add(WhipSession session) => _byId[session.Id] = session;

    public void Forget(WhipSession session) => _byId.TryRemove(session.Id, out _);
}
