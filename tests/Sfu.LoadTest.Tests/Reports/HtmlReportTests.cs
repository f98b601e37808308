using System.Xml.Linq;
using Sfu.LoadTest.Reports;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Tests.Reports;

public sealed class HtmlReportTests
{
    [Fact]
    public void The_page_is_well_formed_and_holds_the_key_figures()
    {
        string text = Parse(HtmlReport.Render(SampleResults.Passed())).Value;

        foreach (string figure in new[] { "750k", "3.91 ms", "9.37 ms", "61.7 ms", "2.36 µs", "2.83", "431 / s", "15ebefa", "AMD EPYC 9R14", "Passed", "#4711" })
            Assert.Contains(figure, text);
    }

    [Fact]
    public void A_failure_says_why()
    {
        string text = Parse(HtmlReport.Render(SampleResults.Failed())).Value;

        Assert.Contains("Failed", text);
        Assert.Contains("45,123 packets were lost; none may be.", text);
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        const string hostile = "</title><script>alert(\"1\")</script>\u0000\u001b[31m&amp;'";
        LoadTestResult result = SampleResults.Failed();
        string page = HtmlReport.Render(result with
        {
            Commit = hostile,
            Command = hostile,
            Plan = result.Plan with { Product = hostile, Server = hostile },
            Verdict = new Verdict(false, [hostile]),
        });

        XElement root = Parse(page);
        Assert.Empty(root.Descendants("script"));
        Assert.Contains("</title><script>alert(\"1\")</script>\uFFFD\uFFFD[31m&amp;'", root.Value);
    }

    [Fact]
    public void Nothing_comes_from_elsewhere()
    {
        string[] loading = ["src", "href", "data", "action"];
        XElement root = Parse(HtmlReport.Render(SampleResults.Passed()));

        Assert.DoesNotContain(root.Descendants().Attributes(), a => loading.Contains(a.Name.LocalName));
        Assert.DoesNotContain("url(", root.Value);
        Assert.DoesNotContain("@import", root.Value);
    }

    [Fact]
    public void A_run_without_listeners_and_metrics_has_a_page()
    {
        string text = Parse(HtmlReport.Render(SampleResults.Empty())).Value;

        Assert.Contains("Nobody joined", text);
        Assert.Contains("the server shows no metrics", text);
        Assert.DoesNotContain("NaN", text);
        Assert.Contains("Latency p99–p99.9 –", text);
        Assert.Contains("Lost–none was expected", text);
    }

    private static XElement Parse(string page)
    {
        Assert.StartsWith("<!DOCTYPE html>\n<html", page);
        Assert.DoesNotContain("NaN", page);
        return XElement.Parse(page["<!DOCTYPE html>".Length..]);
    }
}
