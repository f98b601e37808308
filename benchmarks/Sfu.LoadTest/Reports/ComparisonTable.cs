using System.Text;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports;

/// <summary>A comparison in Markdown: a row for each run, then what follows from them.</summary>
internal static class ComparisonTable
{
    public static string Render(ComparisonResult comparison)
    {
        StringBuilder text = new();
        Row(text, "run", "SRTP", "listeners", "packets a second", "lost", "latency p99", "server CPU for a packet", "cores busy", "listeners for one core", "resident", "verdict");
        Row(text, ["---", "---", .. Enumerable.Repeat("---:", 8), "---"]);
        foreach (ComparisonRow run in comparison.Runs)
        {
            Row(
                text, run.Name, run.SrtpProfile, Figures.Count(run.Listeners), Figures.Count(run.PacketsPerSecond), Figures.Share(run.LostShare),
                Figures.Milliseconds(run.LatencyP99), Figures.Microseconds(run.CpuMicrosecondsPerPacket), Figures.Significant(run.CoresBusy),
                Figures.Count(run.ListenersPerCore), Figures.Bytes(run.ResidentBytes), run.Passed ? "passed" : "failed");
        }

        text.Append('\n');
        Row(text, "compared at", "SRTP", "ours", "theirs", "listeners for the same CPU");
        Row(text, "---", "---", "---", "---", "---:");
        foreach (ComparisonRatio ratio in comparison.Ratios)
            Row(text, ratio.At, ratio.SrtpProfile, ratio.Ours, ratio.Theirs, Figures.Times(ratio.Listeners));
        return text.ToString();
    }

    private static void Row(StringBuilder text, params IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
