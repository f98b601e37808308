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

    public void OnRedundancy(bool isOn)
    {
    }

    /// <summary>Position before the door, as told last; 0 for none.</summary>
    public int Place { get; private set; }

    /// <summary>Set when the wait before the door is over.</summary>
    public Session? Admitted { get; private set; }

    public void OnWaiting(int position) => Place = position;

    public void OnAdmitted(Session session) => Admitted = session;

    public void OnEnded(EndReason reason) => Ended = reason;
}
