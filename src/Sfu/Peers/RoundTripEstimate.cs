namespace Sfu.Peers;

/// <summary>How long a datagram takes to a client and an answer back, smoothed as RFC 6298 2.3 does.</summary>
/// <remarks>Samples come from report blocks that answer our sender reports (RFC 3550 6.4.1) and from answered NACKs. One worker's thread.</remarks>
internal sealed class RoundTripEstimate
{
    /// <summary>Taken before there is a sample: most of a continent, so that the first NACKs are neither given up at once nor repeated too early.</summary>
    public static readonly TimeSpan Initial = TimeSpan.FromMilliseconds(100);

    /// <summary>What is longer says that a client slept, not that its line is long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private const int Share = 8;

    public bool IsKnown { get; private set; }

    public TimeSpan Value { get; private set; } = Initial;

    public void Add(TimeSpan sample)
    {
        if (sample < TimeSpan.Zero || sample > Longest)
            return;
        Value = IsKnown ? Value + (sample - Value) / Share : sample;
        IsKnown = true;
    }
}
