namespace Sfu.TestKit.Net;

/// <summary>What a simulated link does to datagrams. The default is perfect.</summary>
public sealed record LinkConditions
{
    public static readonly LinkConditions Perfect = new();

    public TimeSpan Delay { get; init; }

    /// <summary>Added to the delay, evenly spread between none and all of it. It never changes the order.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Probability that a datagram is lost, each by itself.</summary>
    public double Loss { get; init; }

    /// <summary>Probability that a datagram begins a burst, in which everything is lost.</summary>
    public double BurstStart { get; init; }

    /// <summary>Probability that a burst is over after a datagram of it; one over the mean length of bursts.</summary>
    public double BurstEnd { get; init; } = 1;

    /// <summary>Probability that a datagram is held up by <see cref="ReorderDelay"/>, and overtaken.</summary>
    public double Reorder { get; init; }

    public TimeSpan ReorderDelay { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>Probability that a datagram arrives twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>What the line carries, 28 bytes of IPv4 and UDP header for each datagram included; unlimited when 0.</summary>
    public int BitsPerSecond { get; init; }

    /// <summary>How long a datagram may wait for those before it on a limited line; one that would wait for longer is lost.</summary>
    public TimeSpan LongestQueue { get; init; } = TimeSpan.FromMilliseconds(100);
}
