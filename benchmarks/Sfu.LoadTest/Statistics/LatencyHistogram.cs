using System.Numerics;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Statistics;

/// <summary>Counts times by logarithmic buckets of about 1.6 % width. One thread writes; others may read counts that are a little old.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBucketBits = 6;
    private const int SubBuckets = 1 << SubBucketBits;

    /// <summary>Nanoseconds are counted in units of 2^10, about a microsecond.</summary>
    private const int UnitBits = 10;

    private const int Octaves = 30;
    private const double NanosecondsForMillisecond = 1e6;

    private readonly long[] _counts = new long[(Octaves + 1) * SubBuckets];
    private long _max;

    public long Count => _counts.Sum();

    /// <param name="nanoseconds">Negative ones, from clocks that were set, count as 0.</param>
    public void Record(long nanoseconds)
    {
        _counts[IndexOf(nanoseconds)]++;
        if (nanoseconds > _max)
            _max = nanoseconds;
    }

    public void Add(LatencyHistogram other)
    {
        for (int i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        _max = Math.Max(_max, other._max);
    }

    /// <summary>What was counted since an earlier copy. Its largest value is known by its bucket only.</summary>
    public LatencyHistogram Since(LatencyHistogram earlier)
    {
        var difference = new LatencyHistogram();
        for (int i = 0; i < _counts.Length; i++)
        {
            difference._counts[i] = _counts[i] - earlier._counts[i];
            if (difference._counts[i] > 0)
                difference._max = Math.Min(UpperBound(i), _max);
        }

        return difference;
    }

    /// <summary>Milliseconds.</summary>
    public Quantiles ToQuantiles() => new(Count, Quantile(0.5), Quantile(0.99), Quantile(0.999), _max / NanosecondsForMillisecond);

    /// <param name="share">0..1.</param>
    /// <returns>Milliseconds: the upper bound of the bucket, at most the largest value; 0 when nothing was counted.</returns>
    public double Quantile(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
                return Math.Min(UpperBound(i), _max) / NanosecondsForMillisecond;
        }

        return 0;
    }

    public IReadOnlyList<HistogramBucket> ToBuckets() =>
        [.. _counts.Select((count, i) => new HistogramBucket(UpperBound(i) / NanosecondsForMillisecond, count)).Where(bucket => bucket.Count > 0)];

    private static int IndexOf(long nanoseconds)
    {
        if (nanoseconds < 0)
            return 0;
        ulong units = (ulong)nanoseconds >> UnitBits;
        if (units < SubBuckets)
            return (int)units;
        int shift = BitOperations.Log2(units) - SubBucketBits;
        int index = (shift + 1) * SubBuckets + (int)((units >> shift) - SubBuckets);
        return Math.Min(index, (Octaves + 1) * SubBuckets - 1);
    }

    /// <summary>Nanoseconds, exclusive.</summary>
    private static long UpperBound(int index)
    {
        if (index < SubBuckets)
            return (long)(index + 1) << UnitBits;
        int shift = index / SubBuckets - 1;
        return (long)(index % SubBuckets + SubBuckets + 1) << (shift + UnitBits);
    }
}
