namespace Sfu.Rtcp;

/// <summary>The short forms of NTP time that RTCP uses (RFC 3550 section 4).</summary>
public static class NtpTime
{
    private const double ShortUnitsPerSecond = 65_536;

    /// <summary>The middle 32 bits of a 64-bit NTP timestamp: 16 bits of seconds, 16 bits of fraction.</summary>
    public static uint Middle(ulong ntp) => (uint)(ntp >> 16);

    /// <summary>A span in 1/65536 seconds; one beyond the range of 32 bits (over 18 hours) becomes the largest.</summary>
    public static uint ToShort(TimeSpan span) =>
        span <= TimeSpan.Zero ? 0 : (uint)Math.Min(uint.MaxValue, span.TotalSeconds * ShortUnitsPerSecond);

    public static TimeSpan FromShort(uint units) => TimeSpan.FromTicks((long)(units / ShortUnitsPerSecond * TimeSpan.TicksPerSecond));
}
