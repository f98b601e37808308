using Sfu.LoadTest.Results;
using Sfu.LoadTest.Statistics;
using Sfu.TestKit.Fuzzing;

namespace Sfu.LoadTest.Tests.Statistics;

public sealed class LatencyHistogramTests
{
    private const double NanosecondsForMillisecond = 1e6;

    [Fact]
    public void Quantiles_are_within_two_percent_of_the_sorted_truth()
    {
        var histogram = new LatencyHistogram();
        var random = new SplitMix(7);
        long[] values = [.. Enumerable.Range(0, 100_000).Select(_ => 50_000L + (long)Math.Exp(random.Next(20_000) / 1_000.0))];
        foreach (long value in values)
            histogram.Record(value);
        Array.Sort(values);

        foreach (double share in (double[])[0.01, 0.5, 0.9, 0.99, 0.999])
        {
            double truth = values[(int)Math.Ceiling(share * values.Length) - 1] / NanosecondsForMillisecond;
            Assert.InRange(histogram.Quantile(share), truth * 0.999, truth * 1.02 + 0.002);
        }

        Assert.Equal(values[^1] / NanosecondsForMillisecond, histogram.ToQuantiles().Max);
    }

    [Fact]
    public void An_empty_one_is_all_zeros() => Assert.Equal(new Quantiles(0, 0, 0, 0, 0), new LatencyHistogram().ToQuantiles());

    [Fact]
    public void A_difference_holds_what_came_since()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(1_000_000);
        var earlier = new LatencyHistogram();
        earlier.Add(histogram);
        histogram.Record(9_000_000);

        LatencyHistogram since = histogram.Since(earlier);

        Assert.Equal(1, since.Count);
        Assert.InRange(since.Quantile(0.5), 8.9, 9.2);
    }

    [Fact]
    public void Buckets_add_up_and_ascend()
    {
        var histogram = new LatencyHistogram();
        foreach (long value in (long[])[-5, 0, 1_023, 1_024, 70_000, 5_000_000_000, long.MaxValue])
            histogram.Record(value);

        IReadOnlyList<HistogramBucket> buckets = histogram.ToBuckets();

        Assert.Equal(7, buckets.Sum(bucket => bucket.Count));
        Assert.Equal(buckets.OrderBy(bucket => bucket.UpTo), buckets);
    }
}
