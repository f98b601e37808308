using System.CommandLine;
using Sfu.LoadTest.Results;
using Spectre.Console;

namespace Sfu.LoadTest.Reports;

/// <summary>"report": what runs have left behind, for people.</summary>
internal static class ReportCommand
{
    private const int Failure = 2;

    /// <param name="console">Where the tables go; errors go to where the invocation says.</param>
    public static Command Create(IAnsiConsole console)
    {
        Argument<string[]> results = new("results") { Description = "Result files of runs.", Arity = ArgumentArity.OneOrMore };
        Option<string?> html = new("--html") { Description = "Page to write, of one result." };
        Option<string?> markdown = new("--markdown") { Description = "Table to write, that compares the results." };
        Option<string?> charts = new("--charts") { Description = "Folder to write SVG charts to, made if it is not there." };
        Option<string?> ceiling = new("--ceiling") { Description = "What the bare sender costs: its JSON, to compare with." };
        Command command = new("report", "Shows results again: as tables, as a page, compared, as charts.") { results, html, markdown, charts, ceiling };
        command.SetAction(parsed =>
        {
            try
            {
                Run(console, new ReportRequest(parsed.GetRequiredValue(results), parsed.GetValue(html), parsed.GetValue(markdown),
                    parsed.GetValue(charts), parsed.GetValue(ceiling)));
                return 0;
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                parsed.InvocationConfiguration.Error.WriteLine(e.Message);
                return Failure;
            }
        });
        return command;
    }

    private static void Run(IAnsiConsole console, ReportRequest request)
    {
        if (request is { Html: not null, Results.Count: > 1 })
            throw new InvalidDataException("A page shows one result: give one, or leave --html out.");
        List<NamedResult> runs = ReadAll(request.Results);
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
    }

    private static List<NamedResult> ReadAll(IReadOnlyList<string> paths)
    {
        List<NamedResult> runs = [];
        foreach (string path in paths)
        {
            LoadTestResult result = ResultFile.Read(path);
            if (result.Schema != LoadTestResult.CurrentSchema)
                throw new InvalidDataException($"{path} has schema {result.Schema}; this version reads {LoadTestResult.CurrentSchema}.");
            string name = Path.GetFileNameWithoutExtension(path);
            runs.Add(new NamedResult(runs.Any(r => r.Name == name) ? $"{name} ({runs.Count + 1})" : name, result));
        }
        return runs;
    }
}
