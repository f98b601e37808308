using Sfu.Diagnostics;
using Sfu.Tcp;
using Sfu.Workers;

namespace Sfu.Node;

/// <summary>What a scrape of the metrics reads.</summary>
/// <param name="Rooms">With somebody in them.</param>
/// <param name="Sessions">In all rooms.</param>
/// <param name="Handshakes">DTLS handshakes under way.</param>
/// <param name="HandshakeDrops">What each handshake thread dropped, by reason.</param>
/// <param name="Workers">By index.</param>
public sealed record NodeSnapshot(
    int Rooms, int Sessions, int Handshakes, IReadOnlyList<DropCounters> HandshakeDrops, IReadOnlyList<WorkerSnapshot> Workers)
{
    /// <summary>TCP connections that are open; 0 where ICE over TCP is off.</summary>
    public int TcpConnections { get; init; }

    /// <summary>Null where ICE over TCP is off.</summary>
    public TcpCounters? Tcp { get; init; }
}
