using Sfu.Time;

namespace Sfu.Peers;

/// <summary>How many packets a microphone may send, as one packet becomes one for each listener.</summary>
/// <remarks>A bucket that fills at the rate of the shortest Opus frame; what a stalled uplink lets go at once fits into it.</remarks>
internal struct PacketBudget
{
    /// <summary>Packets; also how many are refilled in a second (2.5 ms each, RFC 6716 2.1.4).</summary>
    public const int Burst = 400;

    private const long MicrosecondsPerPacket = TimeSpan.MicrosecondsPerSecond / Burst;

    /// <summary>When the bucket is full again.</summary>
    private Instant _fullAt;

    /// <returns>False when there were too many.</returns>
    public bool TrySpend(Instant now)
    {
        long from = Math.Max(_fullAt.Microseconds, now.Microseconds);
        if (from - now.Microseconds > (Burst - 1) * MicrosecondsPerPacket)
            return false;
        _fullAt = new Instant(from + MicrosecondsPerPacket);
        return true;
    }
}
