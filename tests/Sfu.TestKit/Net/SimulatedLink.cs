using Sfu.Time;

namespace Sfu.TestKit.Net;

/// <summary>One direction between two endpoints: decides what happens to each datagram in turn.</summary>
internal sealed class SimulatedLink(Random random, LinkConditions conditions)
{
    private bool _inBurst;
    private Instant _lastArrival;

    public LinkConditions Conditions { get; set; } = conditions;

    public bool Loses()
    {
        _inBurst = _inBurst ? !Happens(Conditions.BurstEnd) : Happens(Conditions.BurstStart);
        return _inBurst | Happens(Conditions.Loss);
    }

    public bool Duplicates() => Happens(Conditions.Duplicate);

    /// <summary>When a datagram sent now arrives: not before the one sent before it, unless it is one that is overtaken.</summary>
    public Instant ArrivalOf(Instant now)
    {
        Instant arrival = now + Conditions.Delay + random.NextDouble() * Conditions.Jitter;
        if (Happens(Conditions.Reorder))
            return arrival + Conditions.ReorderDelay;
        if (arrival < _lastArrival)
            arrival = _lastArrival;
        _lastArrival = arrival;
        return arrival;
    }

    private bool Happens(double probability) => random.NextDouble() < probability;
}
