using Sfu.LoadTest.Reports;
using Sfu.LoadTest.Reports.Live;
using Sfu.LoadTest.Results;
using Spectre.Console;

namespace Sfu.LoadTest.Tests.Reports;

public sealed class ConsoleTests
{
    private static readonly LiveSnapshot Snapshot = new(
        TimeSpan.FromSeconds(15), "measuring", 5000, 5000, 0, 751_234, 12, 0.84, 3.9, null, 1.46, TimeSpan.FromSeconds(45));

    private readonly StringWriter _output = new();

    [Fact]
    public void Tables_fit_100_columns_and_say_how_it_ended()
    {
        ResultTable.Write(Plain(), SampleResults.Failed());

        Assert.All(_output.ToString().Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        Assert.Contains("FAILED. 1,996 of 2,000 joins", _output.ToString());
        Assert.Contains("- 45,123 packets were lost; none may be.", _output.ToString());
        Assert.DoesNotContain("\u001b", _output.ToString());
    }

    [Fact]
    public void A_run_without_listeners_and_metrics_has_a_table()
    {
        ResultTable.Write(Plain(), SampleResults.Empty());

        Assert.Contains("FAILED. Nobody joined", _output.ToString());
        Assert.DoesNotContain("NaN", _output.ToString());
    }

    [Fact]
    public void Brackets_in_names_are_no_markup()
    {
        LoadTestResult result = SampleResults.Failed();

        ResultTable.Write(Plain(), result with { Verdict = new Verdict(false, ["[red]x[/]"]) });

        Assert.Contains("[red]x[/]", _output.ToString());
    }

    [Fact]
    public async Task Redirected_a_run_is_lines_and_the_last_state_is_one_of_them()
    {
        await new LiveView(Plain(), new Source(), TimeProvider.System).RunAsync(new CancellationToken(true));

        Assert.Equal(LiveLine.Format(Snapshot) + Environment.NewLine, _output.ToString());
        Assert.StartsWith("0:15 measuring 25 %  connected 5,000/5,000", LiveLine.Format(Snapshot));
        Assert.Contains("lost 12", LiveLine.Format(Snapshot));
    }

    [Fact]
    public void A_sparkline_starts_at_0()
    {
        Assert.Equal("▁▅█", Sparkline.Draw([0, 1, 2], true));
        Assert.Equal("▁▁", Sparkline.Draw([0, 0], true));
        Assert.Equal("", Sparkline.Draw([], true));
    }

    private IAnsiConsole Plain()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_output),
        });
        console.Profile.Width = 100;
        return console;
    }

    private sealed class Source : ILiveSource
    {
        public LiveSnapshot Look() => Snapshot;
    }
}
