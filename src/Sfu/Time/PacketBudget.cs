namespace Sfu.Time;

/// <summary>A bucket of packets that fills at a steady rate.</summary>
/// <param name="perSecond">How many packets are refilled in a second.</param>
/// <param name="burst">How many it holds.</param>
internal struct PacketBudget(int perSecond, int burst)
{
    private readonly long _microsecondsPerPacket = TimeSpan.MicrosecondsPerSecond / perSecond;
    private readonly long _mostAhead = (burst - 1) * (TimeSpan.MicrosecondsPerSecond / perSecond);

    /// <summary>When the bucket is full again.</summary>
    private Instant _fullAt;

    /// <returns>False when there were too many.</returns>
    public bool TrySpend(Instant now)
    {
        long from = Math.Max(_fullAt.Microseconds, now.Microseconds);
        if (from - now.Microseconds > _mostAhead)
            return false;
        _fullAt = new Instant(from + _microsecondsPerPacket);
        return true;
    }
}
