using Sfu.Time;
using Sfu.Timers;

namespace Sfu.Tests.Timers;

internal sealed class CallbackTimer(Action<CallbackTimer, Instant> onDue) : TimerEntry
{
    protected internal override void OnDue(Instant now) => onDue(this, now);
}
