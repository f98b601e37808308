using System.Xml.Linq;
using Sfu.LoadTest.Reports.Charts;

namespace Sfu.LoadTest.Reports.Html;

/// <summary>Elements of the page; what goes in is escaped on the way out.</summary>
internal static class Page
{
    private const double Wide = 560, Narrow = 340;

    public static XElement Element(string name, string? style, params ReadOnlySpan<object?> content)
    {
        XElement element = new(name);
        if (style is not null)
            element.SetAttributeValue("class", style);
        foreach (object? child in content)
            element.Add(child is string text ? Svg.Clean(text) : child);
        return element;
    }

    public static XElement Section(string title, params ReadOnlySpan<object?> content)
    {
        XElement section = Element("section", null, Element("h2", null, title));
        foreach (object? child in content)
            section.Add(child);
        return section;
    }

    /// <summary>A chart, drawn for a wide page and for a narrow one: scaled text would be too small to read.</summary>
    /// <param name="note">A sentence below the title; null for none.</param>
    public static XElement Figure(string title, string? note, Func<double, XElement> draw, params ReadOnlySpan<object?> content)
    {
        XElement caption = Element("figcaption", null, Element("strong", null, title));
        if (note is not null)
            caption.Add(Element("span", "note", note));
        XElement figure = Element("figure", null, caption, Element("div", "wide", draw(Wide)), Element("div", "narrow", draw(Narrow)));
        foreach (object? child in content)
            figure.Add(child);
        return figure;
    }

    /// <summary>The figures behind a chart.</summary>
    public static XElement Details(string summary, XElement content) =>
        Element("details", null, Element("summary", null, summary), content);

    /// <summary>The first column names the row, the others hold numbers.</summary>
    public static XElement Table(string caption, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        XElement body = Element("tbody", null);
        foreach (IReadOnlyList<string> row in rows)
            body.Add(Element("tr", null, [Scoped("row", row[0]), .. row.Skip(1).Select(c => Element("td", null, c))]));
        XElement headRow = Element("tr", null, [.. head.Select(h => Scoped("col", h))]);
        XElement table = Element("table", null, Element("caption", null, caption), Element("thead", null, headRow), body);
        // Reached by the keyboard, because it scrolls sideways where the page is narrow.
        XElement scroll = Element("div", "scroll", table);
        scroll.SetAttributeValue("tabindex", "0");
        scroll.SetAttributeValue("role", "region");
        scroll.SetAttributeValue("aria-label", Svg.Clean(caption));
        return scroll;
    }

    public static XElement Facts(FactGroup group)
    {
        XElement list = Element("dl", null);
        foreach (Fact fact in group.Facts)
        {
            list.Add(Element("dt", null, fact.Name));
            list.Add(Element("dd", fact.Bad ? "bad" : null, fact.Bad ? $"⚠ {fact.Value}" : fact.Value));
        }
        return Element("div", "facts", Element("h3", null, group.Title), list);
    }

    private static XElement Scoped(string scope, string text)
    {
        XElement cell = Element("th", null, text);
        cell.SetAttributeValue("scope", scope);
        return cell;
    }
}
