using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;

namespace Sfu.Signalling.Grpc;

/// <summary>From the types of <c>sfu.v1</c> to the domain's; what cannot be converted is noted.</summary>
internal static class FromWire
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(365);
    private static readonly TimeSpan FarthestOpening = TimeSpan.FromDays(3_650);
    private static readonly DateTimeOffset EarliestOpening = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="value">Of an enumeration of <c>sfu.v1</c>: 0 is unspecified, the others are one more than the domain's.</param>
    /// <param name="fallback">For unspecified.</param>
    public static T Choice<T>(string field, int value, T fallback, Violations violations)
        where T : struct, Enum
    {
        if (value == 0)
            return fallback;
        var choice = (T)Enum.ToObject(typeof(T), unchecked((byte)(value - 1)));
        if (value is > 0 and <= byte.MaxValue && Enum.IsDefined(choice))
            return choice;
        violations.Add(field, "is none of the known values");
        return fallback;
    }

    /// <returns>Null when it is absent or cannot be one.</returns>
    public static TimeSpan? Timeout(string field, Duration? duration, Violations violations)
    {
        if (duration is null)
            return null;
        if (duration.Seconds >= 0 && duration.Seconds <= LongestTimeout.TotalSeconds && duration.Nanos is >= 0 and < 1_000_000_000)
            return duration.ToTimeSpan();
        violations.Add(field, "must be from 0 to 365 days");
        return null;
    }

    /// <inheritdoc cref="Timeout"/>
    public static DateTimeOffset? Opening(string field, Timestamp? timestamp, DateTimeOffset now, Violations violations)
    {
        if (timestamp is null)
            return null;
        if (timestamp.Seconds >= EarliestOpening.ToUnixTimeSeconds()
            && timestamp.Seconds <= (now + FarthestOpening).ToUnixTimeSeconds()
            && timestamp.Nanos is >= 0 and < 1_000_000_000)
        {
            return timestamp.ToDateTimeOffset();
        }

        violations.Add(field, "must be from the year 2000 to ten years from now");
        return null;
    }
}
