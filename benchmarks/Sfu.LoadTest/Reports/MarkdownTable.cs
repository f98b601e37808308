using System.Text;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports;

/// <summary>Runs side by side, a column for each, for a README.</summary>
internal static class MarkdownTable
{
    public static string Render(IReadOnlyList<NamedResult> runs, CeilingResult? ceiling)
    {
        StringBuilder table = new();
        Row(table, ["", .. runs.Select(r => r.Name)]);
        Row(table, ["---", .. runs.Select(_ => "---:")]);
        foreach ((string name, Func<LoadTestResult, string> value) in Rows(ceiling).Concat(Surge(runs)))
            Row(table, [name, .. runs.Select(r => value(r.Result))]);
        return table.ToString();
    }

    private static IEnumerable<(string Name, Func<LoadTestResult, string> Value)> Rows(CeilingResult? ceiling)
    {
        yield return ("listeners / speakers / packets a second",
            r => $"{Figures.Count(r.Plan.Listeners)} / {Figures.Count(r.Plan.Speakers)} / {Figures.Count(r.Packets.PerSecond)}");
        yield return ("lost", r => r.Packets.Expected == 0 ? Figures.None : r.Packets.Lost == 0 ? "0" : $"{Figures.Count(r.Packets.Lost)} ({Figures.Share(r.Packets.LostShare)})");
        yield return ("latency p50", r => Time(r.Latency.Forward, q => q.P50));
        yield return ("latency p99", r => Time(r.Latency.Forward, q => q.P99));
        yield return ("latency p99.9", r => Time(r.Latency.Forward, q => q.P999));
        yield return ("longest gap", r => r.Gaps.OfListeners.Count == 0 ? Figures.None : Figures.Milliseconds(r.Gaps.Longest));
        yield return ("server CPU for a packet", r => Figures.OrNone(r.Server?.CpuMicrosecondsPerPacket, Figures.Microseconds));
        yield return ("server cores busy", r => Figures.OrNone(r.Server?.CoresBusy, Figures.Significant));
        yield return ("packets per message", r => Figures.OrNone(r.Server is { MessagesSent: > 0 } server ? server.PacketsPerMessage : null, Figures.Significant));
        yield return ("packets a second per busy core", r => Figures.OrNone(r.Server?.PacketsPerBusyCore, Figures.Count));
        yield return ("joins a second", r => r.Joins.Succeeded == 0 ? Figures.None : Figures.Significant(r.Joins.PerSecond));
        yield return ("joins for a second of server CPU", r => Figures.OrNone(r.Joins.Succeeded / r.Joins.ServerCpuSeconds, Figures.Significant));
        yield return ("verdict", r => r.Verdict.Passed ? "passed" : "failed");
        if (ceiling is null)
            yield break;
        yield return ("bare C with as many packets per message", r => Figures.OrNone(CeilingOf(r, ceiling), Figures.Microseconds));
        yield return ("server against that", r => Figures.OrNone(RatioOf(r, ceiling), Figures.Times));
        foreach (CeilingCost cost in (CeilingCost[])[ceiling.Single, .. ceiling.Gso ?? []])
            yield return ($"server against bare C, {ResultFacts.Plural(cost.PacketsPerMessage, "packet")} a message ({Figures.Microseconds(cost.CpuMicrosecondsPerPacket)})",
                r => Figures.OrNone(r.Server?.CpuMicrosecondsPerPacket / cost.CpuMicrosecondsPerPacket, Figures.Times));
    }

    private static IEnumerable<(string Name, Func<LoadTestResult, string> Value)> Surge(IReadOnlyList<NamedResult> runs)
    {
        if (runs.All(r => r.Result.Surge is null))
            yield break;
        yield return ("lost by a listener", r => r.LossOfListeners is { } loss && r.Packets.Lost > 0 ? Figures.Spread(loss) : Figures.None);
        yield return ("latency p99 before / in the surge", r => r.Surge is { } s ? $"{Figures.Milliseconds(s.NormalP99)} / {Figures.Milliseconds(s.SurgeP99)}" : Figures.None);
        yield return ("recovered after", r => r.Surge is { } s ? Figures.Recovery(s) : Figures.None);
        yield return ("dropped by the server / at the tool's sockets", r => $"{Figures.Count(r.Server?.Dropped.Values.Sum() ?? 0)} / {Figures.Count(r.Packets.DroppedByToolSockets)}");
    }

    /// <summary>Null where the server shows no metrics.</summary>
    public static double? RatioOf(LoadTestResult result, CeilingResult ceiling) =>
        result.Server?.CpuMicrosecondsPerPacket / CeilingOf(result, ceiling);

    private static double? CeilingOf(LoadTestResult result, CeilingResult ceiling) =>
        result.Server is { } server ? ceiling.CostAt(server.PacketsPerMessage) : null;

    private static string Time(Quantiles quantiles, Func<Quantiles, double> of) =>
        quantiles.Count == 0 ? Figures.None : Figures.Milliseconds(of(quantiles));

    private static void Row(StringBuilder table, IEnumerable<string> cells) =>
        table.Append("| ").AppendJoin(" | ", cells.Select(Cell)).Append(" |\n");

    /// <summary>Nothing in a name ends the cell or the row, or becomes markup.</summary>
    private static string Cell(string text)
    {
        StringBuilder cell = new(text.Length);
        foreach (char c in text)
        {
            if ("\\|`*_[]<>&".Contains(c))
                cell.Append('\\');
            cell.Append(char.IsControl(c) ? ' ' : c);
        }
        return cell.ToString();
    }
}
