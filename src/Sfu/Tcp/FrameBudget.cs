using Sfu.Time;

namespace Sfu.Tcp;

/// <summary>How many packets a connection may bring; who brings more is read later, and TCP holds it back.</summary>
internal struct FrameBudget
{
    /// <summary>What a stalled uplink lets go at once fits into it.</summary>
    private const int Burst = 256;

    /// <summary>More than a microphone sends with its checks and reports.</summary>
    private const int PerSecond = 500;

    private const long MicrosecondsPerFrame = TimeSpan.MicrosecondsPerSecond / PerSecond;

    /// <summary>When the bucket is full again.</summary>
    private Instant _fullAt;

    public void Spend(Instant now) => _fullAt = new Instant(Math.Max(_fullAt.Microseconds, now.Microseconds) + MicrosecondsPerFrame);

    /// <returns>How long to wait before more is read; zero as a rule.</returns>
    public readonly TimeSpan DelayAt(Instant now)
    {
        long behind = _fullAt.Microseconds - now.Microseconds - Burst * MicrosecondsPerFrame;
        return behind > 0 ? TimeSpan.FromMicroseconds(behind) : TimeSpan.Zero;
    }
}
