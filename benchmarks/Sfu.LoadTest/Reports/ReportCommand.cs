using System.CommandLine;
using Sfu.LoadTest.Results;
using Spectre.Console;

namespace Sfu.LoadTest.Reports;

/// <summary>"report": what runs have left behind, for people.</summary>
internal static class ReportCommand
{
    private const int TooExpensive = 1;
    private const int Failure = 2;

    /// <param name="console">Where the tables go; errors go to where the invocation says.</param>
    public static Command Create(IAnsiConsole console)
    {
        Argument<string[]> results = new("results") { Description = "Result files of runs.", Arity = ArgumentArity.OneOrMore };
        Option<string?> html = new("--html") { Description = "Page to write, of one result." };
        Option<string?> markdown = new("--markdown") { Description = "Table to write, that compares the results." };
        Option<string?> charts = new("--charts") { Description = "Folder to write SVG charts to, made if it is not there." };
        Option<string?> ceiling = new("--ceiling") { Description = "What the bare sender costs: its JSON, to compare with." };
        Option<double?> maxRatio = new("--max-ratio") { Description = "Exit code 1 when the server's CPU for a packet is more than so many times the ceiling's." };
        Command command = new("report", "Shows results again: as tables, as a page, compared, as charts.") { results, html, markdown, charts, ceiling, maxRatio };
        command.SetAction(parsed =>
        {
            try
            {
                return Run(console, new ReportRequest(parsed.GetRequiredValue(results), parsed.GetValue(html), parsed.GetValue(markdown),
                    parsed.GetValue(charts), parsed.GetValue(ceiling), parsed.GetValue(maxRatio)));
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                parsed.InvocationConfiguration.Error.WriteLine(e.Message);
                return Failure;
            }
        });
        return command;
    }

    private static int Run(IAnsiConsole console, ReportRequest request)
    {
        if (request is { Html: not null, Results.Count: > 1 })
            throw new InvalidDataException("A page shows one result: give one, or leave --html out.");
        List<NamedResult> runs = NamedResult.ReadAll(request.Results);
        CeilingResult? ceiling = request.Ceiling is null ? null : CeilingFile.Read(request.Ceiling);

        if (request.Html is not null)
            HtmlReport.Write(request.Html, runs[0].Result);
        if (request.Markdown is not null)
            File.WriteAllText(request.Markdown, MarkdownTable.Render(runs, ceiling));
        if (request.Charts is not null)
            ChartFile.WriteAll(request.Charts, runs, ceiling);
        if (request.WritesNothing)
            foreach (NamedResult run in runs)
                ResultTable.Write(console, run.Result);
        return request.MaxRatio is { } limit ? CheckRatios(console, runs, ceiling, limit) : 0;
    }

    private static int CheckRatios(IAnsiConsole console, List<NamedResult> runs, CeilingResult? ceiling, double limit)
    {
        if (ceiling is null)
            throw new InvalidDataException("--max-ratio needs a --ceiling.");
        bool passed = true;
        foreach (NamedResult run in runs)
        {
            double? ratio = MarkdownTable.RatioOf(run.Result, ceiling);
            bool good = ratio <= limit;
            console.WriteLine($"{run.Name}: server CPU for a packet {Figures.OrNone(ratio, Figures.Times)} the ceiling's, at most {Figures.Times(limit)}: {(good ? "good" : "TOO MUCH")}");
            passed &= good;
        }

        return passed ? 0 : TooExpensive;
    }
}
