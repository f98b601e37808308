using Sfu.Rooms;

namespace Sfu.Node;

/// <summary>Hears everything that happens in rooms, as a backend does.</summary>
/// <remarks>Called under the room's lock: it must only note down and return, never block or call back.</remarks>
public interface IRoomWatcher
{
    /// <param name="roomId">See <see cref="RoomSnapshot.Id"/>.</param>
    /// <param name="room">Its name.</param>
    /// <param name="roomEvent">In the order of revisions within a room.</param>
    void OnRoomEvent(string roomId, string room, RoomEvent roomEvent);
}
