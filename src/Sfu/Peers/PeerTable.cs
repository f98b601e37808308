using System.Diagnostics.CodeAnalysis;
using Sfu.Net;

namespace Sfu.Peers;

/// <summary>A worker's peers by key, by ICE user name fragment and by the paths that they were authenticated on.</summary>
/// <remarks>One worker's thread.</remarks>
internal sealed class PeerTable
{
    private readonly Dictionary<long, Peer> _byKey = [];
    private readonly Dictionary<NetworkPath, Peer> _byPath = [];

    public int Count => _byKey.Count;

    public Dictionary<long, Peer>.ValueCollection All => _byKey.Values;

    public bool TryFind(long key, [NotNullWhen(true)] out Peer? peer) => _byKey.TryGetValue(key, out peer);

    public bool TryFind(in NetworkPath path, [NotNullWhen(true)] out Peer? peer) => _byPath.TryGetValue(path, out peer);

    public void Add(Peer peer) => _byKey.Add(peer.Key, peer);

    /// <summary>The latest authenticated peer owns a path, unless it is held: a NAT may give the address of a client that has gone to another.</summary>
    public void AddPath(in NetworkPath path, Peer peer) => _byPath[path] = peer;

    public void RemovePath(in NetworkPath path, Peer peer)
    {
        if (_byPath.TryGetValue(path, out Peer? owner) && ReferenceEquals(owner, peer))
            _byPath.Remove(path);
    }

    public bool Remove(long key, [NotNullWhen(true)] out Peer? peer) => _byKey.Remove(key, out peer);
}
