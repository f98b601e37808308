using System.Xml.Linq;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports.Html;

/// <summary>What one wants to know first.</summary>
internal static class Headline
{
    public static string Title(LoadTestResult result) =>
        $"{ResultFacts.Plural(result.Plan.Listeners, "listener")}, {ResultFacts.Plural(result.Plan.Speakers, "speaker")}";

    public static XElement Verdict(LoadTestResult result)
    {
        bool passed = result.Verdict.Passed;
        XElement box = Page.Element("div", passed ? "verdict good" : "verdict bad",
            Page.Element("strong", null, $"{(passed ? "✓" : "✗")} {VerdictText.Word(result)}."), VerdictText.Sentence(result));
        if (result.Verdict.Failures.Count > 0)
            box.Add(Page.Element("ul", null, [.. result.Verdict.Failures.Select(f => Page.Element("li", null, f))]));
        return box;
    }

    public static XElement Tiles(LoadTestResult result)
    {
        const string noMetrics = "the server shows no metrics";
        Quantiles latency = result.Latency.Forward, gaps = result.Gaps.OfListeners, joins = result.Joins.ConnectTime;
        ServerResult? server = result.Server;
        return Page.Element("div", "tiles",
            Tile("Packets a second", Figures.Compact(result.Packets.PerSecond), $"{Figures.Compact(result.Packets.Received)} in {Figures.Seconds(result.Plan.Seconds)}"),
            Tile("Lost", result.Packets.Expected == 0 ? Figures.None : Figures.Count(result.Packets.Lost), Lost(result.Packets)),
            Tile("Latency p99", Time(latency, latency.P99), $"p99.9 {Time(latency, latency.P999)}, max {Time(latency, latency.Max)}"),
            Tile("Longest gap", Time(gaps, result.Gaps.Longest), $"p99 of listeners {Time(gaps, gaps.P99)}"),
            Tile("Server CPU for a packet", Figures.OrNone(server?.CpuMicrosecondsPerPacket, Figures.Microseconds),
                server is null ? noMetrics : $"{Figures.Compact(server.PacketsPerBusyCore)} packets a busy core"),
            Tile("Packets per message", Figures.OrNone(server?.PacketsPerMessage, Figures.Significant),
                server is null ? noMetrics : $"{Figures.Compact(server.MessagesSent)} messages"),
            Tile("Server cores busy", Figures.OrNone(server?.CoresBusy, Figures.Significant), $"tool {Figures.Significant(result.Tool.CoresBusy)}"),
            Tile("Joins", $"{Figures.Significant(result.Joins.PerSecond)} / s", $"p99 {Time(joins, joins.P99)} to connect"));
    }

    /// <summary>What nobody measured is no 0.</summary>
    private static string Time(Quantiles of, double value) => of.Count == 0 ? Figures.None : Figures.Milliseconds(value);

    private static string Lost(PacketResult packets) => packets switch
    {
        { Expected: 0 } => "none was expected",
        { Lost: 0 } => "no packet",
        _ => Figures.Share(packets.LostShare),
    };

    private static XElement Tile(string name, string value, string more) =>
        Page.Element("div", "tile", Page.Element("div", "key", name), Page.Element("div", "value", value), Page.Element("div", "more", more));
}
