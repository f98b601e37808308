using Sfu.LoadTest.Receiving;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Statistics;

/// <summary>Finds in the looks at a surge when everything was as before it.</summary>
internal static class Recovery
{
    /// <summary>Nanoseconds that all must be well for.</summary>
    private const long Lasting = 1_000_000_000;

    private const double NanosecondsForSecond = 1e9;

    /// <param name="samples">In the order of time.</param>
    public static SurgeResult Of(IReadOnlyList<SurgeSample> samples, MeasuredTime measured)
    {
        long fall = measured.SurgeUntil;
        // The first half of the calm may still be under the spell of the joins.
        long calmFrom = measured.From + (measured.SurgeFrom - measured.From) / 2;
        double normal = samples.Where(s => s.At > calmFrom && s.At <= measured.SurgeFrom).Select(s => s.LatencyP99).DefaultIfEmpty().Max();
        double[] during = [.. samples.Where(s => s.At > measured.SurgeFrom && s.At <= fall).Select(s => s.LatencyP99).Order()];
        return new SurgeResult(
            normal,
            during.Length == 0 ? 0 : during[during.Length / 2],
            RecoveredAt(samples.Where(s => s.At > fall), fall, normal) is { } at ? (at - fall) / NanosecondsForSecond : null);
    }

    private static long? RecoveredAt(IEnumerable<SurgeSample> after, long fall, double normal)
    {
        long wellSince = fall;
        foreach (SurgeSample sample in after)
        {
            if (sample.Received == 0 || sample.Lost > 0 || sample.LatencyP99 > normal)
                wellSince = sample.At;
            else if (sample.At - wellSince >= Lasting)
                return wellSince;
        }

        return null;
    }
}
