using System.Xml.Linq;
using Sfu.LoadTest.Reports.Charts;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports.Html;

internal static class ReportSections
{
    public static XElement Latency(LoadTestResult result)
    {
        HistogramChart latency = ResultCharts.Latency(result), gaps = ResultCharts.Gaps(result);
        return Page.Section("Latency and gaps", Page.Element("div", "charts",
            Page.Figure("Latency of packets", "From the speaker's send to the listener's socket, logarithmic.", latency.Draw, Behind(latency)),
            Page.Figure("Longest gap of each listener", "The longest silence that a listener heard while somebody spoke, logarithmic.", gaps.Draw, Behind(gaps))),
            Quantiles(result));
    }

    public static XElement Timeline(LoadTestResult result) => Page.Section("Over time",
        Page.Element("div", "charts",
            Page.Figure("Packets received", null, ResultCharts.Received(result).Draw),
            Page.Figure(result.Packets is { Lost: 0, Expected: > 0 } ? "Packets lost: none" : "Packets lost", null, ResultCharts.Lost(result).Draw),
            Page.Figure("Latency in each second, logarithmic", null, ResultCharts.LatencyOverTime(result).Draw),
            Page.Figure("Cores busy", result.Server is null ? "The server shows no metrics." : null, ResultCharts.Cores(result).Draw)),
        Page.Details("Every second as a table", Seconds(result)));

    public static XElement Groups(LoadTestResult result)
    {
        LineChart connected = ResultCharts.Connected(result);
        IEnumerable<XElement> groups = ResultFacts.Measured(result).Select(Page.Facts);
        return Page.Section("Figures", Page.Element("div", "groups", [.. groups, Page.Figure("Listeners connected", null, connected.Draw), Page.Element("div", "run", Page.Facts(ResultFacts.Run(result)))]));
    }

    public static XElement Worst(LoadTestResult result)
    {
        if (result.Listeners.Count == 0)
            return Page.Section("Worst listeners", Page.Element("p", null, "There was no listener."));
        IEnumerable<IReadOnlyList<string>> rows = WorstListeners.Of(result).Select(l => (IReadOnlyList<string>)
            [$"#{l.Number}", .. new[] { l.Expected, l.Received, l.Lost, l.Duplicated, l.OutOfOrder }.Select(v => Figures.Count(v)), Figures.Milliseconds(l.LongestGap)]);
        return Page.Section("Worst listeners", Page.Element("div", "card", Page.Table("Worst listeners",
            ["Listener", "Expected", "Received", "Lost", "Duplicated", "Out of order", "Longest gap"], rows)));
    }

    private static XElement Quantiles(LoadTestResult result)
    {
        IEnumerable<IReadOnlyList<string>> rows = Distribution.All(result).Select(d => (IReadOnlyList<string>)(d.Quantiles.Count == 0
            ? [$"{d.Name}: {d.Meaning}", $"0 {d.Of}", .. Enumerable.Repeat(Figures.None, 4)]
            : [$"{d.Name}: {d.Meaning}", $"{Figures.Compact(d.Quantiles.Count)} {d.Of}", .. Of(d.Quantiles).Select(Figures.Milliseconds)]));
        return Page.Element("div", "card", Page.Table("Times", ["Time", "Count", "p50", "p99", "p99.9", "max"], rows));
    }

    private static IEnumerable<double> Of(Quantiles q) => [q.P50, q.P99, q.P999, q.Max];

    private static XElement Behind(HistogramChart chart)
    {
        double all = Math.Max(1, chart.Bins.Sum(b => b.Count)), below = 0;
        IEnumerable<IReadOnlyList<string>> rows = chart.Bins.Select(b => (IReadOnlyList<string>)
            [$"{Figures.Milliseconds(b.From)} to {Figures.Milliseconds(b.To)}", Figures.Count(b.Count), Figures.Share(b.Count / all), Figures.Share((below += b.Count) / all)]);
        return Page.Details("The same as a table", Page.Table(chart.Label, ["Time", chart.Of, "Share", "Up to here"], [.. rows]));
    }

    private static XElement Seconds(LoadTestResult result)
    {
        IEnumerable<IReadOnlyList<string>> rows = result.Timeline.Select(s => (IReadOnlyList<string>)
        [
            $"{Figures.Significant(s.Second)} s{(s.Measured ? "" : ", joining")}",
            Figures.Count(s.Connected), Figures.Count(s.Received), Figures.Count(s.Lost),
            Figures.Milliseconds(s.LatencyP50), Figures.Milliseconds(s.LatencyP99), Figures.Milliseconds(s.LatencyMax),
            Figures.OrNone(s.ServerCores, Figures.Significant), Figures.Significant(s.ToolCores), Figures.OrNone(s.PacketsPerMessage, Figures.Significant),
        ]);
        return Page.Table("Every second",
            ["Second", "Connected", "Received", "Lost", "p50", "p99", "max", "Server cores", "Tool cores", "Packets per message"], rows);
    }
}
