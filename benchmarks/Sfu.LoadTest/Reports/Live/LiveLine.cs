namespace Sfu.LoadTest.Reports.Live;

/// <summary>A second of a run in one plain line, for logs.</summary>
internal static class LiveLine
{
    public static string Format(LiveSnapshot s) => string.Join("  ",
        $"{Figures.Duration(s.Elapsed)} {s.Phase} {Figures.Count(Math.Floor(100 * s.Progress))} %",
        $"connected {Figures.Count(s.Connected)}/{Figures.Count(s.Wanted)}",
        $"joins/s {Figures.Significant(s.JoinsPerSecond)}",
        $"packets/s {Figures.Compact(s.PacketsPerSecond)}",
        $"lost {Figures.Count(s.Lost)}",
        $"p50 {Figures.Milliseconds(s.LatencyP50)}",
        $"p99 {Figures.Milliseconds(s.LatencyP99)}",
        $"server {Figures.OrNone(s.ServerCores, Figures.Significant)}",
        $"tool {Figures.Significant(s.ToolCores)} cores");
}
