using System.Xml.Linq;

namespace Sfu.LoadTest.Reports.Charts;

/// <summary>Axes with round ticks, and the place between them. Pixels, y downwards.</summary>
internal sealed class ChartFrame
{
    private const double TickSpace = 22;

    private readonly Scale _x;
    private readonly Scale _y;
    private readonly double _width;

    /// <param name="top">Space above the plot, for what is written there.</param>
    /// <param name="right">Space beside the plot, for the labels of lines.</param>
    public ChartFrame(string label, string unit, Scale x, Scale y, double width, double top, double right)
    {
        (_x, _y, _width) = (x, y, width);
        double height = Math.Round(Math.Min(250, Math.Max(210, width * 0.42))) + top;
        Left = 10 + y.Ticks.Max(t => Svg.Width(y.Label(t)));
        Right = width - Math.Max(right, 14);
        Top = top + 32;
        Bottom = height - TickSpace;
        Root = Svg.Root(width, height, label);
        Root.Add(Svg.Text("unit", 0, top + 9, unit));
    }

    public XElement Root { get; }
    public double Left { get; }
    public double Right { get; }
    public double Top { get; }
    public double Bottom { get; }

    public double X(double value) => Left + (Right - Left) * Math.Clamp(_x.Share(value), 0, 1);

    public double Y(double value) => Bottom - (Bottom - Top) * Math.Clamp(_y.Share(value), 0, 1);

    public bool Shows(double x, double y) => _x.Shows(x) && _y.Shows(y);

    public void DrawGrid()
    {
        foreach (double tick in _y.Ticks)
        {
            Root.Add(Svg.Line("grid", Left, Y(tick), Right, Y(tick)));
            Root.Add(Svg.Text("tick", Left - 6, Y(tick) + 4, _y.Label(tick), "end"));
        }
    }

    /// <summary>After what stands on it.</summary>
    public void DrawXAxis()
    {
        Root.Add(Svg.Line("axis", Left, Bottom, Right, Bottom));
        double free = 0;
        foreach (double tick in _x.Ticks)
        {
            string text = _x.Label(tick);
            double half = Svg.Width(text) / 2, middle = Svg.Inside(X(tick), half, _width), start = middle - half;
            Root.Add(Svg.Line("axis", X(tick), Bottom, X(tick), Bottom + 4));
            if (start < free)
                continue;
            Root.Add(Svg.Text("tick", middle, Bottom + 17, text, "middle"));
            free = middle + half + 4;
        }
    }
}
