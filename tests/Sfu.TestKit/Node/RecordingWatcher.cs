using Sfu.Node;
using Sfu.Rooms;

namespace Sfu.TestKit.Node;

/// <summary>Keeps what a watcher is told.</summary>
public sealed class RecordingWatcher : IRoomWatcher
{
    private readonly List<(string Room, RoomEvent Event)> _events = [];

    public IReadOnlyList<(string Room, RoomEvent Event)> Events => _events;

    public void OnRoomEvent(string roomId, string room, RoomEvent roomEvent) => _events.Add((room, roomEvent));
}
