namespace Sfu.Time;

/// <summary>Ties the monotonic clock to wall-clock time once, so that media time never jumps when the wall clock is set.</summary>
/// <remarks>Thread-safe. <see cref="Now"/> is read once for each batch of datagrams, never once for each packet.</remarks>
public sealed class MediaClock
{
    /// <summary>From 1900-01-01 (NTP era 0) to 1970-01-01, in seconds (RFC 5905 section 6).</summary>
    private const long NtpUnixOffsetSeconds = 2_208_988_800;

    private readonly TimeProvider _provider;
    private readonly long _startTimestamp;
    private readonly double _microsecondsForTick;
    private readonly long _unixMicrosecondsAtStart;

    public MediaClock(TimeProvider provider)
    {
        _provider = provider;
        _startTimestamp = provider.GetTimestamp();
        _microsecondsForTick = 1e6 / provider.TimestampFrequency;
        _unixMicrosecondsAtStart = (provider.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>For timers of threads that are no workers.</summary>
    internal TimeProvider Provider => _provider;

    /// <summary>Starts at one second, so that zero is before everything.</summary>
    public Instant Now => new(1_000_000 + (long)((_provider.GetTimestamp() - _startTimestamp) * _microsecondsForTick));

    /// <summary>Wall-clock time, for certificates and logs; media never depends on it.</summary>
    public DateTimeOffset UtcNow => _provider.GetUtcNow();

    /// <summary>The 64-bit NTP timestamp of an instant: seconds since 1900 in the upper half, the fraction in the lower (RFC 3550 section 4).</summary>
    public ulong ToNtp(Instant instant)
    {
        long unixMicroseconds = _unixMicrosecondsAtStart + instant.Microseconds - 1_000_000;
        ulong seconds = (ulong)(unixMicroseconds / 1_000_000 + NtpUnixOffsetSeconds);
        ulong fraction = ((ulong)(unixMicroseconds % 1_000_000) << 32) / 1_000_000;
        return (seconds << 32) | fraction;
    }
}
