using System.CommandLine;
using Sfu.LoadTest.Results;
using Spectre.Console;

namespace Sfu.LoadTest.Reports;

/// <summary>"compare": our server beside another product.</summary>
internal static class CompareCommand
{
    private const int Failure = 2;

    public static Command Create(IAnsiConsole console)
    {
        Argument<string[]> results = new("results") { Description = "Result files of runs, of ours and of the other product's.", Arity = ArgumentArity.OneOrMore };
        Option<string?> markdown = new("--markdown") { Description = "File for the table, instead of the console." };
        Option<string?> json = new("--json") { Description = "File for the figures." };
        Command command = new("compare", "Sets runs of two products against each other: listeners for the same CPU.") { results, markdown, json };
        command.SetAction(parsed =>
        {
            try
            {
                ComparisonResult comparison = Comparison.Of(NamedResult.ReadAll(parsed.GetRequiredValue(results)));
                string table = ComparisonTable.Render(comparison);
                if (parsed.GetValue(json) is { } jsonFile)
                    ComparisonFile.Write(jsonFile, comparison);
                if (parsed.GetValue(markdown) is { } markdownFile)
                    File.WriteAllText(markdownFile, table);
                else
                    console.Profile.Out.Writer.Write(table);
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
}
