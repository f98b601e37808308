using Sfu.Peers;
using Sfu.Rooms;

namespace Sfu.Node;

/// <summary>What a session tells the one who signals for it.</summary>
/// <remarks>Called on worker threads and under the room's lock: it must only note down and return, never block or call back.</remarks>
public interface ISessionObserver
{
    /// <summary>In the order of revisions.</summary>
    void OnRoomEvent(RoomEvent roomEvent);

    void OnMediaState(MediaState state);

    /// <inheritdoc cref="IPeerObserver.OnRedundancy"/>
    void OnRedundancy(bool isOn);

    /// <summary>Still before the door.</summary>
    /// <param name="position">1 is the next.</param>
    void OnWaiting(int position);

    /// <summary>The wait is over.</summary>
    void OnAdmitted(Session session);

    /// <summary>The last call.</summary>
    void OnEnded(EndReason reason);
}
