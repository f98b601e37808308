using System.CommandLine;
using Sfu.LoadTest.Options;
using Sfu.LoadTest.Reports;
using Sfu.LoadTest.Results;
using Sfu.LoadTest.Signalling;
using Spectre.Console;

namespace Sfu.LoadTest.Engine;

/// <summary>"signalling" from its options to its exit code.</summary>
internal static class SignallingAction
{
    public static async Task<int> InvokeAsync(SignallingCommand command, ParseResult parsed, CancellationToken cancellation)
    {
        var errors = new List<string>();
        if (command.Read(parsed, errors) is not { } options)
        {
            foreach (string error in errors)
                await Console.Error.WriteLineAsync(error);
            return RunAction.BadOptions;
        }

        try
        {
            SignallingResult result = await new SignallingRun(options).RunAsync(cancellation);
            SignallingTable.Write(AnsiConsole.Console, result);
            return result.Joined == result.Attempted ? RunAction.Passed : RunAction.Failed;
        }
        catch (Exception e) when (e is SignallingException or HttpRequestException or IOException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The run broke off: {e.Message}");
            return RunAction.Failed;
        }
    }
}
