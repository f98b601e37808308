using Sfu.Time;

namespace Sfu.FanOut;

/// <summary>How fast passes go over an audience: as fast as they can, or slower where packets then ride together.</summary>
/// <remarks>
/// A message costs more than what it carries: with one packet 2.8 us of a core, with three 4.7 us (bare sendmmsg on loopback,
/// benchmarks/ceiling). A worker that hurries from one pass to the next sends messages of one packet and keeps a core busy with it;
/// one that takes its time sends fewer and larger ones. So a pass is stretched to <see cref="Stretch"/> times its work, and at most to
/// <see cref="LongestPass"/>, where more than one packet is published meanwhile. Small rooms and a single speaker never wait.
/// What was not used is saved up to one whole pass: packets that are published together leave at once.
/// </remarks>
internal struct FanOutPace
{
    /// <summary>A little less than a packet of the usual length: a longer pass would add latency and hardly save more.</summary>
    public static readonly TimeSpan LongestPass = TimeSpan.FromMilliseconds(18);

    /// <summary>A worker that is half idle between its visits still carries twice as much when it has to.</summary>
    public const int Stretch = 2;

    /// <summary>
    /// Visits between two looks at the sockets take at most about so long: what arrives meanwhile waits unseen, and the last of the
    /// visits sends what was not yet overdue at the first. Under overload a visit carries a hundred packets and takes as long as thirty.
    /// </summary>
    public static readonly TimeSpan LongestChunk = TimeSpan.FromMilliseconds(2);

    /// <summary>So many always, or a turn of the worker's loop would cost more than what it sends.</summary>
    private const int FewestVisits = 16;

    /// <summary>Packets that a stretched pass must find, on the average, to be worth its latency.</summary>
    private const float WorthWaiting = 1.25f;

    /// <summary>Silence is no rate: intervals count as at most this many microseconds.</summary>
    private const float LongestInterval = 100_000;

    // Weights of the newest value in the running means.
    private const float IntervalWeight = 1 / 32f;
    private const float WorkWeight = 1 / 16f;

    private Instant _publishedAt;
    private Instant _refilledAt;
    private float _interval;
    private float _visitMicroseconds;
    private float _saved;

    public FanOutPace() => _interval = LongestInterval;

    /// <summary>Tells of a packet for everybody.</summary>
    public void Published(Instant now)
    {
        float interval = Math.Clamp(now.Microseconds - _publishedAt.Microseconds, 0, LongestInterval);
        _publishedAt = now;
        _interval += (interval - _interval) * IntervalWeight;
    }

    /// <summary>Tells what visits have cost.</summary>
    /// <param name="visits">At least 1.</param>
    public void Worked(TimeSpan work, int visits) =>
        _visitMicroseconds += ((float)work.TotalMicroseconds / visits - _visitMicroseconds) * WorkWeight;

    /// <summary>How many visits <see cref="LongestChunk"/> holds, by what they have cost.</summary>
    /// <param name="most">At least 1.</param>
    /// <returns>1..<paramref name="most"/>.</returns>
    public readonly int VisitsInChunk(int most) =>
        (int)Math.Clamp(LongestChunk.TotalMicroseconds / Math.Max(_visitMicroseconds, 1), Math.Min(FewestVisits, most), most);

    /// <summary>How long a pass is to take at least; zero where nothing is won by waiting.</summary>
    public readonly TimeSpan PassTime(int listeners)
    {
        double stretched = Math.Min(_visitMicroseconds * listeners * Stretch, LongestPass.TotalMicroseconds);
        return stretched >= _interval * WorthWaiting ? TimeSpan.FromMicroseconds(stretched) : TimeSpan.Zero;
    }

    /// <summary>Takes up to <paramref name="wanted"/> visits.</summary>
    /// <param name="listeners">Of the audience.</param>
    /// <param name="wanted">1..<paramref name="listeners"/>.</param>
    /// <returns>0 when it is too early for so many; then <paramref name="next"/> says when it is not.</returns>
    public int Take(Instant now, int listeners, int wanted, out Instant next)
    {
        next = now;
        TimeSpan pass = PassTime(listeners);
        if (pass == TimeSpan.Zero)
        {
            _refilledAt = now;
            _saved = listeners;
            return wanted;
        }

        float rate = listeners / (float)pass.TotalMicroseconds;
        _saved = Math.Min(_saved + (now.Microseconds - _refilledAt.Microseconds) * rate, listeners);
        _refilledAt = now;
        if (_saved < wanted)
        {
            next = new Instant(now.Microseconds + (long)((wanted - _saved) / rate) + 1);
            return 0;
        }

        _saved -= wanted;
        return wanted;
    }
}
