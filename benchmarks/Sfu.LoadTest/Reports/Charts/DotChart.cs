using System.Xml.Linq;

namespace Sfu.LoadTest.Reports.Charts;

/// <summary>Several times of several runs on one logarithmic axis: a row for each run.</summary>
/// <param name="Points">What each dot is; the last one is filled.</param>
internal sealed record DotChart(string Label, IReadOnlyList<string> Points, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Rows)
{
    private const double RowHeight = 50, Head = 4;

    public XElement Draw(double width)
    {
        LogScale x = LogScale.Around(Rows.SelectMany(r => r.Values), v => $"{Figures.Tick(v)} ms", 8);
        double left = 8, right = width - 30, bottom = Head + RowHeight * Rows.Count;
        double At(double value) => left + (right - left) * x.Share(value);

        XElement root = Svg.Root(width, bottom + 26, Label);
        foreach (double tick in x.Ticks)
        {
            root.Add(Svg.Line("grid", At(tick), Head, At(tick), bottom));
            root.Add(Svg.Text("tick", Svg.Inside(At(tick), Svg.Width(x.Label(tick)) / 2, width), bottom + 17, x.Label(tick), "middle"));
        }
        for (int i = 0; i < Rows.Count; i++)
        {
            root.Add(Svg.Text("name value", left, Head + RowHeight * i + 12, Rows[i].Name));
            DrawRow(root, Head + RowHeight * i + 40, [.. Rows[i].Values.Select(v => x.Shows(v) ? At(v) : double.NaN)], Rows[i].Values, width);
        }
        return root;
    }

    private void DrawRow(XElement root, double y, double[] places, IReadOnlyList<double> values, double width)
    {
        if (places.Any(double.IsNaN))
        {
            root.Add(Svg.Text("tick", 8, y, "nothing measured"));
            return;
        }
        root.Add(Svg.Line("span", places[0], y, places[^1], y));
        double free = 0;
        for (int i = 0; i < places.Length; i++)
        {
            root.Add(Svg.Circle(i == places.Length - 1 ? "end" : "dot", places[i], y, 4.5));
            string text = $"{Points[i]} {Figures.Milliseconds(values[i])}";
            double half = Svg.Width(text) / 2, middle = Math.Clamp(places[i], half, width - half);
            if (middle - half < free)
                middle = free + half;
            free = middle + half + 6;
            root.Add(Svg.Text("value", middle, y - 10, text, "middle"));
        }
    }
}
