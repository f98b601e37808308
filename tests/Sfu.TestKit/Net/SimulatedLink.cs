using Sfu.Time;

namespace Sfu.TestKit.Net;

/// <summary>One direction between two endpoints: decides what happens to each datagram in turn.</summary>
internal sealed class SimulatedLink(Random random, LinkConditions conditions)
{
    private const int HeaderBytes = 28;
    private const int BitsPerByte = 8;

    private bool _inBurst;
    private Instant _lastArrival;
    private Instant _lineFree;

    public LinkConditions Conditions { get; set; } = conditions;

    public bool Loses()
    {
        _inBurst = _inBurst ? !Happens(Conditions.BurstEnd) : Happens(Conditions.BurstStart);
        return _inBurst | Happens(Conditions.Loss);
    }

    public bool Duplicates() => Happens(Conditions.Duplicate);

    /// <summary>Takes a datagram onto the line.</summary>
    /// <param name="sent">When its last bit has left.</param>
    /// <returns>False when the queue before the line is full.</returns>
    public bool TryTransmit(int length, Instant now, out Instant sent)
    {
        sent = now;
        if (Conditions.BitsPerSecond == 0)
            return true;
        Instant start = _lineFree > now ? _lineFree : now;
        if (start - now > Conditions.LongestQueue)
            return false;
        _lineFree = sent = start + TimeSpan.FromSeconds((double)(length + HeaderBytes) * BitsPerByte / Conditions.BitsPerSecond);
        return true;
    }

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
