using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports.Charts;

/// <summary>A distribution in bins of equal width on a logarithmic axis.</summary>
internal static class HistogramBins
{
    private const int PerDecade = 20;

    /// <summary>A bucket that goes further than a tenth of a decade down is taken as that wide: nothing says where its packets lie.</summary>
    private static readonly double WidestBucket = Math.Pow(10, 0.1);

    public static IReadOnlyList<HistogramBin> Of(IReadOnlyList<HistogramBucket> buckets)
    {
        Dictionary<int, double> counts = [];
        double previous = 0;
        foreach (HistogramBucket bucket in buckets.Where(b => b.Count > 0 && b.UpTo > 0 && double.IsFinite(b.UpTo)))
        {
            Spread(counts, Math.Max(previous, bucket.UpTo / WidestBucket), bucket.UpTo, bucket.Count);
            previous = bucket.UpTo;
        }
        return [.. counts.OrderBy(c => c.Key).Select(c => new HistogramBin(Edge(c.Key), Edge(c.Key + 1), c.Value))];
    }

    public static IReadOnlyList<HistogramBin> Of(IEnumerable<double> values)
    {
        Dictionary<int, double> counts = [];
        foreach (double value in values.Where(v => v > 0 && double.IsFinite(v)))
            counts[BinOf(value)] = counts.GetValueOrDefault(BinOf(value)) + 1;
        return [.. counts.OrderBy(c => c.Key).Select(c => new HistogramBin(Edge(c.Key), Edge(c.Key + 1), c.Value))];
    }

    private static void Spread(Dictionary<int, double> counts, double from, double to, double count)
    {
        double width = Math.Log(to / from);
        for (int bin = BinOf(from); Edge(bin) < to; bin++)
        {
            double share = Math.Log(Math.Min(to, Edge(bin + 1)) / Math.Max(from, Edge(bin))) / width;
            if (share > 1e-9)
                counts[bin] = counts.GetValueOrDefault(bin) + count * share;
        }
    }

    private static int BinOf(double value) => (int)Math.Floor(Math.Log10(value) * PerDecade + 1e-9);

    private static double Edge(int bin) => Math.Pow(10, (double)bin / PerDecade);
}
