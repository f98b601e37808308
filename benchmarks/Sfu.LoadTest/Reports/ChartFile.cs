using System.Globalization;
using System.Text;
using Sfu.LoadTest.Reports.Charts;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports;

/// <summary>SVG files for a README.</summary>
internal static class ChartFile
{
    private const double Width = 720;

    /// <summary>Makes the folder if need be, and gives the names of the files.</summary>
    public static IReadOnlyList<string> WriteAll(string folder, IReadOnlyList<NamedResult> runs, CeilingResult? ceiling)
    {
        Directory.CreateDirectory(folder);
        List<string> names = [];
        foreach ((string name, string svg) in All(runs, ceiling))
        {
            File.WriteAllText(Path.Combine(folder, name), svg);
            names.Add(name);
        }
        return names;
    }

    private static IEnumerable<(string Name, string Svg)> All(IReadOnlyList<NamedResult> runs, CeilingResult? ceiling)
    {
        DotChart latency = new("Latency of packets, quantiles of each run", ["p50", "p99", "p99.9"],
            [.. runs.Select(r => (r.Name, (IReadOnlyList<double>)[r.Result.Latency.Forward.P50, r.Result.Latency.Forward.P99, r.Result.Latency.Forward.P999]))]);
        yield return ("latency.svg", ChartDocument.Render("Latency", "From the speaker's send to the listener's socket, logarithmic", latency.Draw(Width)));

        CostChart cost = CostChart.Of(runs, ceiling);
        if (cost.Bars.Any(b => !b.Bare))
            yield return ("cpu-per-packet.svg", ChartDocument.Render("CPU for a packet",
                ceiling is null ? "All of the server's CPU, by packet sent" : "All of the server's CPU, by packet sent, against bare C that sends the same", cost.Draw(Width)));

        foreach (NamedResult run in runs)
            yield return ($"latency-{Safe(run.Name)}.svg", ChartDocument.Render($"Latency: {run.Name}", Note(run.Result), ResultCharts.Latency(run.Result).Draw(Width)));
    }

    private static string Note(LoadTestResult result) =>
        $"{ResultFacts.Plural(result.Plan.Listeners, "listener")}, {Figures.Compact(result.Packets.PerSecond)} packets a second, "
        + result.StartedAt.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A name that is a file name everywhere.</summary>
    private static string Safe(string name) => new StringBuilder(name.Length)
        .AppendJoin("", name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')).ToString();
}
