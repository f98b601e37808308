using System.Xml.Linq;

namespace Sfu.LoadTest.Reports.Charts;

/// <summary>A chart as a file of its own, on a ground of its own: it is legible whatever page it stands in.</summary>
internal static class ChartDocument
{
    private const double Margin = 16, Head = 58;

    /// <param name="chart">As drawn; it is moved into the document.</param>
    public static string Render(string title, string note, XElement chart)
    {
        double width = (double)chart.Attribute("width")! + 2 * Margin, height = (double)chart.Attribute("height")! + Head + Margin;
        XElement root = Svg.Root(width, height, $"{title}. {note}");
        root.Add(new XElement(Svg.Namespace + "style", ChartStyle.Colours + ChartStyle.Marks));
        XElement ground = Svg.Rect("surface", 0.5, 0.5, width - 1, height - 1);
        ground.SetAttributeValue("rx", "8");
        chart.SetAttributeValue("x", Svg.Number(Margin));
        chart.SetAttributeValue("y", Svg.Number(Head));
        root.Add(ground, Svg.Text("title", Margin, 28, title), Svg.Text("note", Margin, 46, note), chart);
        return root.ToString() + "\n";
    }
}
