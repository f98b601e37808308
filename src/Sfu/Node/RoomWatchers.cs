using System.Collections.Immutable;
using Sfu.Rooms;

namespace Sfu.Node;

/// <summary>Passes the events of all rooms on to whoever watches them all.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RoomWatchers : IRoomWatcher
{
    private ImmutableArray<IRoomWatcher> _watchers = [];

    public void Add(IRoomWatcher watcher) => ImmutableInterlocked.Update(ref _watchers, static (all, one) => all.Add(one), watcher);

    public void Remove(IRoomWatcher watcher) => ImmutableInterlocked.Update(ref _watchers, static (all, one) => all.Remove(one), watcher);

    public void OnRoomEvent(string roomId, string room, RoomEvent roomEvent)
    {
        foreach (IRoomWatcher watcher in _watchers)
            watcher.OnRoomEvent(roomId, room, roomEvent);
    }
}
