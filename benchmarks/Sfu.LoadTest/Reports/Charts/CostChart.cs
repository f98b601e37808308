using System.Xml.Linq;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports.Charts;

/// <summary>CPU for a packet: bars, with a line across each where bare C stands.</summary>
internal sealed record CostChart(string Label, IReadOnlyList<CostBar> Bars)
{
    private const double RowHeight = 42, Head = 4, Left = 8;

    public static CostChart Of(IReadOnlyList<NamedResult> runs, CeilingResult? ceiling)
    {
        IEnumerable<CostBar> bare = ceiling is null ? [] : ((CeilingCost[])[ceiling.Single, .. ceiling.Gso ?? []])
            .Select(c => new CostBar($"bare C, {ResultFacts.Plural(c.PacketsPerMessage, "packet")} a message", c.CpuMicrosecondsPerPacket, null, true));
        IEnumerable<CostBar> measured = runs.Where(r => r.Result.Server is not null).Select(r => new CostBar(
            $"{r.Name}, {Figures.Significant(r.Result.Server!.PacketsPerMessage)} packets a message",
            r.Result.Server.CpuMicrosecondsPerPacket, ceiling?.CostAt(r.Result.Server.PacketsPerMessage), false));
        return new CostChart("CPU that a packet costs the server, in microseconds", [.. bare, .. measured]);
    }

    public XElement Draw(double width)
    {
        LinearScale x = LinearScale.UpTo(Bars.Select(b => b.Microseconds).DefaultIfEmpty(0).Max(), v => $"{Figures.Tick(v)} µs", 6);
        double right = width - 30, bottom = Head + RowHeight * Bars.Count;
        double At(double value) => Left + (right - Left) * x.Share(value);

        XElement root = Svg.Root(width, bottom + 26, Label);
        foreach (double tick in x.Ticks)
        {
            root.Add(Svg.Line("grid", At(tick), Head, At(tick), bottom));
            root.Add(Svg.Text("tick", Svg.Inside(At(tick), Svg.Width(x.Label(tick)) / 2, width), bottom + 17, x.Label(tick), "middle"));
        }
        for (int i = 0; i < Bars.Count; i++)
        {
            CostBar bar = Bars[i];
            double y = Head + RowHeight * i;
            root.Add(Svg.Rect(bar.Bare ? "bare" : "bar", Left, y + 20, At(bar.Microseconds) - Left, 14));
            if (bar.Ceiling is { } ceiling)
                root.Add(Svg.Line("mark", At(ceiling), y + 17, At(ceiling), y + 37));
            root.Add(Svg.Text("value", Left, y + 14, Text(bar)));
        }
        root.Add(Svg.Line("axis", Left, Head, Left, bottom));
        return root;
    }

    private static string Text(CostBar bar)
    {
        string cost = $"{bar.Name}: {Figures.Microseconds(bar.Microseconds)}";
        return bar.Ceiling is { } ceiling ? $"{cost}, {Figures.Times(bar.Microseconds / ceiling)} bare C (line)" : cost;
    }
}
