using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports.Charts;

/// <summary>The charts of one run.</summary>
internal static class ResultCharts
{
    public static HistogramChart Latency(LoadTestResult result) =>
        new("Histogram of latency", "packets", HistogramBins.Of(result.Latency.Histogram), Marks(result.Latency.Forward));

    public static HistogramChart Gaps(LoadTestResult result) => new("Histogram of the longest gap of each listener", "listeners",
        HistogramBins.Of(result.Listeners.Select(l => l.LongestGap)),
        result.Gaps.OfListeners.Count == 0 ? [] : [("p50", result.Gaps.OfListeners.P50), ("max", result.Gaps.Longest)]);

    public static LineChart Received(LoadTestResult result) => Linear(result, "Packets received in each second", "packets a second",
        Line(result, "received", "one", s => s.Received));

    public static LineChart Lost(LoadTestResult result) => Linear(result, "Packets lost in each second", "packets a second",
        Line(result, "lost", "two", s => s.Lost));

    public static LineChart Connected(LoadTestResult result) => Linear(result, "Listeners connected", "listeners",
        Line(result, "connected", "one", s => s.Connected));

    public static LineChart Cores(LoadTestResult result)
    {
        Series tool = Line(result, "tool", "two", s => s.ToolCores);
        Series[] series = result.Timeline.Any(s => s.ServerCores is not null) ? [Line(result, "server", "one", s => s.ServerCores), tool] : [tool];
        return new LineChart("Cores that server and load tool kept busy", "cores", LinearScale.UpTo(Highest(series)), series, JoinsUntil(result));
    }

    public static LineChart LatencyOverTime(LoadTestResult result)
    {
        Series[] series =
        [
            Line(result, "max", "three", s => s.LatencyMax),
            Line(result, "p99", "two", s => s.LatencyP99),
            Line(result, "p50", "one", s => s.LatencyP50),
        ];
        LogScale scale = LogScale.Around(series.SelectMany(s => s.Points).Select(p => p.Y ?? 0));
        return new LineChart("Latency in each second", "ms", scale, series, JoinsUntil(result));
    }

    private static LineChart Linear(LoadTestResult result, string label, string unit, Series series) =>
        new(label, unit, LinearScale.UpTo(Highest([series]), smallest: 1), [series], JoinsUntil(result));

    private static Series Line(LoadTestResult result, string name, string style, Func<TimelineSample, double?> value) =>
        new(name, style, [.. result.Timeline.Select(s => (s.Second, value(s)))]);

    private static double Highest(IEnumerable<Series> series) => series.SelectMany(s => s.Points).Select(p => p.Y ?? 0).DefaultIfEmpty(0).Max();

    private static double JoinsUntil(LoadTestResult result) => result.Timeline.LastOrDefault(s => !s.Measured)?.Second ?? 0;

    private static IReadOnlyList<(string, double)> Marks(Quantiles q) =>
        q.Count == 0 ? [] : [("p50", q.P50), ("p99", q.P99), ("p99.9", q.P999), ("max", q.Max)];
}
