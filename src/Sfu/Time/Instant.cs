namespace Sfu.Time;

/// <summary>A point on the monotonic clock, in microseconds from an arbitrary start.</summary>
/// <remarks>Protocol code takes it as an argument and never reads a clock (sans-IO); see <see cref="MediaClock"/>.</remarks>
public readonly record struct Instant(long Microseconds) : IComparable<Instant>
{
    /// <summary>The deadline of something that waits for nothing.</summary>
    public static readonly Instant Never = new(long.MaxValue);

    public static Instant operator +(Instant instant, TimeSpan span) =>
        instant == Never ? Never : new(instant.Microseconds + span.Ticks / TimeSpan.TicksPerMicrosecond);

    public static Instant operator -(Instant instant, TimeSpan span) =>
        instant == Never ? Never : new(instant.Microseconds - span.Ticks / TimeSpan.TicksPerMicrosecond);

    public static TimeSpan operator -(Instant later, Instant earlier) =>
        new((later.Microseconds - earlier.Microseconds) * TimeSpan.TicksPerMicrosecond);

    public static bool operator <(Instant left, Instant right) => left.Microseconds < right.Microseconds;

    public static bool operator >(Instant left, Instant right) => left.Microseconds > right.Microseconds;

    public static bool operator <=(Instant left, Instant right) => left.Microseconds <= right.Microseconds;

    public static bool operator >=(Instant left, Instant right) => left.Microseconds >= right.Microseconds;

    public static Instant Min(Instant left, Instant right) => left < right ? left : right;

    public int CompareTo(Instant other) => Microseconds.CompareTo(other.Microseconds);

    public override string ToString() => this == Never ? "never" : $"{Microseconds / 1e6:F6}s";
}
