using System.Xml.Linq;

namespace Sfu.LoadTest.Reports.Charts;

/// <summary>How many took how long, on a logarithmic axis of milliseconds.</summary>
/// <param name="Of">What is counted: "packets".</param>
/// <param name="Marks">Quantiles to point out, in ascending order.</param>
internal sealed record HistogramChart(string Label, string Of, IReadOnlyList<HistogramBin> Bins, IReadOnlyList<(string Name, double Value)> Marks)
{
    private const double RowHeight = 16;

    public XElement Draw(double width)
    {
        double all = Math.Max(1, Bins.Sum(b => b.Count)), most = Bins.Select(b => b.Count).DefaultIfEmpty(1).Max();
        IEnumerable<double> shown = [.. Bins.SelectMany(b => new[] { b.From, b.To }), .. Marks.Select(m => m.Value)];
        LogScale x = LogScale.Around(shown, v => $"{Figures.Tick(v)} ms", width < 450 ? 5 : 9);
        ChartFrame frame = new(Label, $"% of {Of}", x, LinearScale.UpTo(100 * most / all), width, RowHeight * Marks.Count, 0);
        frame.DrawGrid();
        foreach (HistogramBin bin in Bins)
            frame.Root.Add(Bar(frame, bin, all));
        DrawMarks(frame, width);
        frame.DrawXAxis();
        return frame.Root;
    }

    /// <summary>At least a pixel and a half high: a single packet in the tail is what one looks for.</summary>
    private XElement Bar(ChartFrame frame, HistogramBin bin, double all)
    {
        double left = frame.X(bin.From), top = Math.Min(frame.Y(100 * bin.Count / all), frame.Bottom - 1.5);
        XElement bar = Svg.Rect("bar", left, top, Math.Max(1, frame.X(bin.To) - left - 1), frame.Bottom - top);
        return Svg.Titled(bar, $"{Figures.Milliseconds(bin.From)} to {Figures.Milliseconds(bin.To)}: {Figures.Share(bin.Count / all)} of {Of}");
    }

    /// <summary>The first mark has the highest flag, so no line crosses another one's flag.</summary>
    private void DrawMarks(ChartFrame frame, double width)
    {
        for (int i = 0; i < Marks.Count; i++)
        {
            (string name, double value) = Marks[i];
            string text = $"{name} {Figures.Milliseconds(value)}";
            double x = frame.X(value), y = 4 + RowHeight * i;
            bool fits = x + 5 + Svg.Width(text) < width;
            frame.Root.Add(Svg.Line("mark", x, y, x, frame.Bottom));
            frame.Root.Add(Svg.Text("value", fits ? x + 5 : x - 5, y + 9, text, fits ? "start" : "end"));
        }
    }
}
