using Sfu.Time;

namespace Sfu.Slots;

/// <summary>Spans of the monotonic clock in samples of 48 kHz.</summary>
internal static class MediaTime
{
    private const long SamplesPerMillisecond = MediaConstants.ClockRate / 1_000;
    private const long MicrosecondsPerMillisecond = 1_000;

    /// <summary>How long samples play.</summary>
    public static TimeSpan SpanOf(int samples) => TimeSpan.FromMicroseconds(samples * MicrosecondsPerMillisecond / SamplesPerMillisecond);

    /// <summary>Rounded to the nearest sample; negative when <paramref name="until"/> is the earlier one.</summary>
    public static long SamplesBetween(Instant from, Instant until)
    {
        long scaled = (until.Microseconds - from.Microseconds) * SamplesPerMillisecond;
        long half = scaled < 0 ? -MicrosecondsPerMillisecond / 2 : MicrosecondsPerMillisecond / 2;
        return (scaled + half) / MicrosecondsPerMillisecond;
    }
}
