using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sfu.LoadTest.Reports.Live;

/// <summary>A second of a run as the console shows it, in 80 columns.</summary>
internal static class LiveFrame
{
    private const int BarWidth = 48;

    /// <param name="history">p99 of the seconds up to now, the oldest first.</param>
    public static IRenderable Draw(LiveSnapshot s, IReadOnlyCollection<double> history, bool unicode)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().Width(10).NoWrap()).AddColumn(new GridColumn().NoWrap());
        Row(grid, Capital(s.Phase), $"{Bar(s.Progress, unicode)}  {Figures.Duration(s.Elapsed)}, {Figures.Duration(s.Remaining)} to go");
        Row(grid, "Listeners", $"{Figures.Count(s.Connected)} of {Figures.Count(s.Wanted)}, {Figures.Significant(s.JoinsPerSecond)} joins a second");
        Row(grid, "Packets", $"{Figures.Compact(s.PacketsPerSecond)} a second");
        Row(grid, "Lost", s.Lost == 0 ? "0" : $"{Figures.Count(s.Lost)}  !", s.Lost == 0 ? Color.Green : Color.Red);
        Row(grid, "Latency", $"p50 {Figures.Milliseconds(s.LatencyP50)}, p99 {Figures.Milliseconds(s.LatencyP99)}");
        Row(grid, "p99, 60 s", history.Count == 0 ? Figures.None : $"{Sparkline.Draw(history, unicode)} {Figures.Milliseconds(history.Max())}", Color.Blue);
        Row(grid, "Cores", $"server {Figures.OrNone(s.ServerCores, Figures.Significant)}, tool {Figures.Significant(s.ToolCores)}");
        return grid;
    }

    private static void Row(Grid grid, string name, string value, Color? color = null) =>
        grid.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), new Text(value, color is { } c ? new Style(c) : Style.Plain));

    private static string Bar(double progress, bool unicode)
    {
        int full = (int)Math.Round(progress * BarWidth);
        return new string(unicode ? '█' : '#', full) + new string(unicode ? '░' : '.', BarWidth - full);
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
