using System.CommandLine;
using Sfu.LoadTest.Engine;
using Sfu.LoadTest.Options;
using Sfu.LoadTest.Reports;
using Spectre.Console;

var run = new RunCommand();
run.Command.SetAction((parsed, cancellation) => RunAction.InvokeAsync(run, parsed, args, cancellation));
var root = new RootCommand("Loads a server with real listeners and speakers, counts every packet, and shows what came of it.")
{
    run.Command,
    ReportCommand.Create(AnsiConsole.Console),
};
return await root.Parse(args).InvokeAsync();
