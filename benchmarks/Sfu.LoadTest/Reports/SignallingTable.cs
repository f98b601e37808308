using System.Globalization;
using Sfu.LoadTest.Results;
using Spectre.Console;

namespace Sfu.LoadTest.Reports;

/// <summary>What the console shows of <c>signalling</c>: a fact a line.</summary>
internal static class SignallingTable
{
    public static void Write(IAnsiConsole console, SignallingResult result)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().Width(28).Padding(0, 0, 1, 0)).AddColumn(new GridColumn().Width(70).Padding(0, 0, 0, 0));
        void Fact(string name, string value) => grid.AddRow(new Text(name), new Text(value));
        Fact("Joined", $"{Figures.Count(result.Joined)} of {Figures.Count(result.Attempted)}, {Figures.Count(result.PerSecond)} a second");
        Fact("Join", $"p50 {Figures.Milliseconds(result.JoinTime.P50)}, p99 {Figures.Milliseconds(result.JoinTime.P99)}, most {Figures.Milliseconds(result.JoinTime.Max)}");
        Fact("To the one who joins", string.Create(CultureInfo.InvariantCulture, $"{result.OwnMessages:0.##} messages, {result.OwnBytes:#,0} bytes"));
        Fact("To each of the others", string.Create(CultureInfo.InvariantCulture, $"{result.OtherMessages} messages in {result.OtherSeconds:0.##} s of joining"));
        if (result.ServerCpuMilliseconds is { } cpu)
            Fact("Server CPU for a join", Figures.Milliseconds(cpu));
        if (result.ServerBytes is { } bytes)
            Fact("Memory of an idle listener", Figures.Bytes(bytes));
        if (result.IdleCores is { } cores)
            Fact("Cores busy while all idle", cores.ToString("0.000", CultureInfo.InvariantCulture));
        foreach ((string reason, int count) in result.Failures)
            Fact("Failed", $"{count}: {reason}");
        console.Write(grid);
    }
}
