using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Sfu.LoadTest.Reports.Charts;

/// <summary>SVG elements; what goes in is escaped on the way out.</summary>
internal static class Svg
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    /// <summary>Of a character of a 12-pixel label, generously: labels must not run into each other in any font.</summary>
    private const double CharacterWidth = 6.9;

    public static double Width(string text) => text.Length * CharacterWidth;

    /// <summary>The middle of a text so that none of it is cut off; as near to where it should be as it goes.</summary>
    public static double Inside(double middle, double half, double width) => Math.Max(half, Math.Min(middle, width - half));

    public static XElement Root(double width, double height, string label) => new(Namespace + "svg",
        new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
        new XAttribute("width", Number(width)),
        new XAttribute("height", Number(height)),
        new XAttribute("role", "img"),
        new XAttribute("aria-label", Clean(label)));

    public static XElement Line(string style, double x1, double y1, double x2, double y2) =>
        Element("line", style, ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2));

    public static XElement Rect(string style, double x, double y, double width, double height) =>
        Element("rect", style, ("x", x), ("y", y), ("width", Math.Max(0, width)), ("height", Math.Max(0, height)));

    public static XElement Circle(string style, double x, double y, double radius) =>
        Element("circle", style, ("cx", x), ("cy", y), ("r", radius));

    public static XElement Path(string style, string d)
    {
        XElement path = Element("path", style);
        path.SetAttributeValue("d", d);
        return path;
    }

    /// <param name="anchor">"start", "middle" or "end" of the text is at x.</param>
    public static XElement Text(string style, double x, double y, string text, string anchor = "start")
    {
        XElement element = Element("text", style, ("x", x), ("y", y));
        if (anchor != "start")
            element.SetAttributeValue("text-anchor", anchor);
        element.Add(Clean(text));
        return element;
    }

    /// <summary>What shows when somebody points at it.</summary>
    public static XElement Titled(XElement element, string title)
    {
        element.Add(new XElement(Namespace + "title", Clean(title)));
        return element;
    }

    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>XML has no control characters, not even escaped ones.</summary>
    public static string Clean(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
            return text;
        return string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '\uFFFD'));
    }

    private static XElement Element(string name, string style, params ReadOnlySpan<(string Name, double Value)> attributes)
    {
        XElement element = new(Namespace + name, new XAttribute("class", style));
        foreach ((string attribute, double value) in attributes)
            element.SetAttributeValue(attribute, Number(value));
        return element;
    }
}
