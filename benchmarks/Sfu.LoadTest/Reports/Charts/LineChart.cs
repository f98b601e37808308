using System.Text;
using System.Xml.Linq;

namespace Sfu.LoadTest.Reports.Charts;

/// <summary>Lines over the seconds of a run, each named at its end.</summary>
/// <param name="Label">For those who do not see it.</param>
/// <param name="JoinsUntil">Second from which on it was measured.</param>
internal sealed record LineChart(string Label, string Unit, Scale Y, IReadOnlyList<Series> Series, double JoinsUntil)
{
    public XElement Draw(double width)
    {
        double end = Series.SelectMany(s => s.Points).Select(p => p.X).DefaultIfEmpty(1).Max();
        double right = 14 + 1.2 * Series.Max(s => Svg.Width(s.Name)); // they are bold
        ChartFrame frame = new(Label, Unit, LinearScale.Time(end, width < 450 ? 4 : 8), Y, width, 0, right);
        DrawJoins(frame, Math.Min(JoinsUntil, end));
        frame.DrawGrid();
        foreach (Series series in Series)
            frame.Root.Add(Svg.Path($"line {series.Style}", Path(frame, series)));
        DrawNames(frame);
        frame.DrawXAxis();
        return frame.Root;
    }

    private static void DrawJoins(ChartFrame frame, double until)
    {
        if (until <= 0)
            return;
        double space = frame.X(until) - frame.Left;
        frame.Root.Add(Svg.Rect("shade", frame.Left, frame.Top, space, frame.Bottom - frame.Top));
        if (space > Svg.Width("joining"))
            frame.Root.Add(Svg.Text("note", frame.Left + space / 2, frame.Top - 6, "joining", "middle"));
    }

    private void DrawNames(ChartFrame frame)
    {
        (Series Series, double Y)[] ends = [.. Series.Select(s => (s, s.Points.LastOrDefault(p => Seen(frame, p)).Y is { } y ? frame.Y(y) : frame.Bottom))];
        double[] places = LabelColumn.Place([.. ends.Select(e => e.Y)], 15, frame.Top, frame.Bottom);
        for (int i = 0; i < ends.Length; i++)
            frame.Root.Add(Svg.Text($"of-{ends[i].Series.Style}", frame.Right + 8, places[i] + 4, ends[i].Series.Name));
    }

    private static string Path(ChartFrame frame, Series series)
    {
        StringBuilder path = new();
        bool on = false;
        foreach ((double X, double? Y) point in series.Points)
        {
            if (!Seen(frame, point))
            {
                on = false;
                continue;
            }
            // A second without neighbours is a dot: the round cap of a line of no length.
            path.Append(on ? 'L' : 'M').Append(Svg.Number(frame.X(point.X))).Append(' ').Append(Svg.Number(frame.Y(point.Y!.Value)));
            path.Append(on ? "" : "h0");
            on = true;
        }
        return path.ToString();
    }

    private static bool Seen(ChartFrame frame, (double X, double? Y) point) => point.Y is { } y && frame.Shows(point.X, y);
}
