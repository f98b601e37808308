using Sfu.Time;

namespace Sfu.Timers;

/// <summary>One timer of a <see cref="TimerWheel"/>, made once by its owner and scheduled any number of times.</summary>
/// <remarks>It is a node of the wheel's own lists, so that scheduling allocates nothing. It is in one wheel at most.</remarks>
public abstract class TimerEntry
{
    /// <summary>When it was last scheduled for; <see cref="Instant.Never"/> when it waits for nothing.</summary>
    public Instant Due { get; internal set; } = Instant.Never;

    public bool IsScheduled => Due != Instant.Never;

    internal TimerEntry? Previous { get; set; }

    internal TimerEntry? Next { get; set; }

    /// <summary>The first tick at which <see cref="Due"/> has passed.</summary>
    internal long DueTick { get; set; }

    /// <summary>Index of the list it is in, over all levels.</summary>
    internal int Bucket { get; set; }

    /// <summary>Called once for each scheduling, never before <see cref="Due"/>. May schedule and cancel any entry, itself included.</summary>
    /// <param name="now">What <see cref="TimerWheel.Advance"/> was given.</param>
    protected internal abstract void OnDue(Instant now);
}
