using System.Collections.Concurrent;
using Sfu.Node;
using Sfu.Peers;
using Sfu.Rooms;

namespace Sfu.TestKit.Node;

/// <summary>Keeps what a session tells.</summary>
public sealed class RecordingObserver : ISessionObserver
{
    private readonly ConcurrentQueue<RoomEvent> _events = new();

    public IReadOnlyCollection<RoomEvent> Events => _events;

    /// <summary>Null while the session lives.</summary>
    public EndReason? Ended { get; private set; }

    public void OnRoomEvent(RoomEvent roomEvent) => _events.Enqueue(roomEvent);

    public void OnMediaState(MediaState state)
    {
    }

    public void OnEnded(EndReason reason) => Ended = reason;
}
