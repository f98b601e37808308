using System.CommandLine;
using Sfu.LoadTest.Options;
using Sfu.LoadTest.Reports;
using Sfu.LoadTest.Results;
using Sfu.LoadTest.Signalling;
using Spectre.Console;

namespace Sfu.LoadTest.Engine;

/// <summary>"run" from its options to its exit code.</summary>
internal static class RunAction
{
    public const int BadOptions = 2;

    public const int Passed = 0;
    public const int Failed = 1;

    private const string SecretOption = "--token-secret";

    public static async Task<int> InvokeAsync(RunCommand command, ParseResult parsed, string[] arguments, CancellationToken cancellation)
    {
        var errors = new List<string>();
        if (command.Read(parsed, errors) is not { } options)
        {
            foreach (string error in errors)
                await Console.Error.WriteLineAsync(error);
            return BadOptions;
        }

        try
        {
            using ISignalling signalling = SignallingOf(options);
            LoadTestResult result = await new LoadRun(options, signalling, AnsiConsole.Console).RunAsync(Shown(arguments), cancellation);
            ResultTable.Write(AnsiConsole.Console, result);
            if (options.JsonFile is not null)
                ResultFile.Write(options.JsonFile, result);
            if (options.HtmlFile is not null)
                HtmlReport.Write(options.HtmlFile, result);
            return result.Verdict.Passed ? Passed : Failed;
        }
        catch (Exception e) when (e is SignallingException or HttpRequestException or IOException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The run broke off: {e.Message}");
            return Failed;
        }
    }

    private static ISignalling SignallingOf(LoadOptions options) => options.Product == LoadOptions.Janus
        ? new JanusSignalling(options.Server)
        : new SfuSignalling(options.Server, options.TokenKey, options.TokenSecret);

    /// <summary>The command line without its secret.</summary>
    internal static string Shown(IReadOnlyList<string> arguments) =>
        "sfu-load " + string.Join(' ', arguments.Select((argument, i) =>
            argument.StartsWith(SecretOption + "=", StringComparison.Ordinal) ? SecretOption + "=***"
            : i > 0 && arguments[i - 1] == SecretOption ? "***"
            : argument));
}
