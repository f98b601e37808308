using System.Globalization;
using System.Xml.Linq;
using Sfu.LoadTest.Reports.Charts;
using Sfu.LoadTest.Reports.Html;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports;

/// <summary>One file that holds all of a run's report: no script, no font and no picture from elsewhere.</summary>
internal static class HtmlReport
{
    public static void Write(string path, LoadTestResult result) => File.WriteAllText(path, Render(result));

    public static string Render(LoadTestResult result)
    {
        XElement html = Page.Element("html", null, Head(result), Page.Element("body", null,
            Page.Element("header", null,
                Page.Element("h1", null, $"Load test: {Headline.Title(result)}"),
                Page.Element("p", "sub", Subtitle(result)),
                Headline.Verdict(result),
                Headline.Tiles(result)),
            Page.Element("main", null,
                ReportSections.Latency(result),
                ReportSections.Timeline(result),
                ReportSections.Groups(result),
                ReportSections.Worst(result))));
        html.SetAttributeValue("lang", "en");
        return $"<!DOCTYPE html>\n{html.ToString(SaveOptions.DisableFormatting)}\n";
    }

    private static XElement Head(LoadTestResult result) => Page.Element("head", null,
        new XElement("meta", new XAttribute("charset", "utf-8")),
        new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
        Page.Element("title", null, $"{VerdictText.Word(result)}: {Headline.Title(result)}"),
        new XElement("style", ChartStyle.Colours + ChartStyle.Marks + PageStyle.Layout));

    private static string Subtitle(LoadTestResult result)
    {
        string date = result.StartedAt.ToUniversalTime().ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return $"{date} · {result.Plan.Product} at {result.Commit} · {result.Machine.Processor}, {ResultFacts.Plural(result.Machine.Cores, "core")}";
    }
}
