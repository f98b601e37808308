using Sfu.Time;

namespace Sfu.FanOut;

/// <summary>How many packets may be sent again: a bucket that fills at a steady rate.</summary>
/// <remarks>
/// Rates are fixed, whatever is asked for, so that retransmission cannot feed on the loss that it makes. Each is a message of its
/// own, 2.8 us of a core (<see cref="FanOutPace"/>).
/// </remarks>
/// <param name="perSecond">Packets.</param>
/// <param name="burst">Packets, at least 1.</param>
internal struct RetransmissionBudget(int perSecond, int burst)
{
    private readonly long _microsecondsPerPacket = TimeSpan.MicrosecondsPerSecond / perSecond;

    /// <summary>When the bucket is full again.</summary>
    private Instant _fullAt;

    /// <summary>For one listener: a fifth of what three speakers make.</summary>
    public static RetransmissionBudget OfListener => new(perSecond: 30, burst: 20);

    /// <summary>For a worker: 1.4 % of its core.</summary>
    public static RetransmissionBudget OfWorker => new(perSecond: 5_000, burst: 500);

    public readonly bool Allows(Instant now) => _fullAt.Microseconds - now.Microseconds <= (burst - 1) * _microsecondsPerPacket;

    /// <summary>After <see cref="Allows"/>.</summary>
    public void Spend(Instant now) => _fullAt = new Instant(Math.Max(_fullAt.Microseconds, now.Microseconds) + _microsecondsPerPacket);
}
