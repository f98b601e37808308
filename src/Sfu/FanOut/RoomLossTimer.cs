using Sfu.Time;
using Sfu.Timers;

namespace Sfu.FanOut;

/// <summary>Due when a room's listeners on one worker have something to tell of losses.</summary>
internal sealed class RoomLossTimer(IRoomWorker worker, RoomShard room) : TimerEntry
{
    protected internal override void OnDue(Instant now) => worker.OnLossesDue(room, now);
}
