using System.CommandLine;
using Sfu.LoadTest.Engine;
using Sfu.LoadTest.Options;
using Sfu.LoadTest.Reports;
using Spectre.Console;

var run = new RunCommand();
run.Command.SetAction((result, cancellation) => RunAction.InvokeAsync(run, result, args, cancellation));
var signalling = new SignallingCommand();
signalling.Command.SetAction((result, cancellation) => SignallingAction.InvokeAsync(signalling, result, cancellation));
var root = new RootCommand("Loads a server with real listeners and speakers, counts every packet, and shows what came of it.")
{
    run.Command,
    signalling.Command,
    ReportCommand.Create(AnsiConsole.Console),
    CompareCommand.Create(AnsiConsole.Console),
};
ParseResult parsed = root.Parse(args);
int exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? RunAction.BadOptions : exitCode;
