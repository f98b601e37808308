using System.CommandLine;
using Sfu.LoadTest.Reports;
using Sfu.LoadTest.Results;
using Spectre.Console;

namespace Sfu.LoadTest.Tests.Reports;

public sealed class ReportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly StringWriter _errors = new();

    [Fact]
    public void Everything_wanted_is_written()
    {
        ResultFile.Write(At("a.json"), SampleResults.Passed(20));
        File.WriteAllText(At("ceiling.json"), """{"single":{"cpuMicrosecondsPerPacket":3.3}, "gso":[{"segments":3,"cpuMicrosecondsPerPacket":1.7}]}""");

        Assert.Equal(0, Invoke(At("a.json"), "--html", At("a.html"), "--markdown", At("t.md"), "--charts", At("charts"), "--ceiling", At("ceiling.json")));

        Assert.Contains("3.91 ms", File.ReadAllText(At("a.html")));
        Assert.Contains("| server against that | 1.35× |", File.ReadAllText(At("t.md")));
        Assert.True(File.Exists(At("charts/latency-a.svg")));
    }

    [Theory]
    [InlineData("1.3", 1)]
    [InlineData("1.4", 0)]
    public void A_server_that_costs_too_much_against_the_ceiling_fails(string limit, int exitCode)
    {
        ResultFile.Write(At("a.json"), SampleResults.Passed(20));
        File.WriteAllText(At("ceiling.json"), """{"single":{"cpuMicrosecondsPerPacket":3.3}, "gso":[{"segments":3,"cpuMicrosecondsPerPacket":1.7}]}""");

        Assert.Equal(exitCode, Invoke(At("a.json"), "--ceiling", At("ceiling.json"), "--max-ratio", limit));
    }

    [Theory]
    [InlineData("{}", "schema 0")]
    [InlineData("no json", "is no result of a load test")]
    public void Another_file_is_refused_with_a_reason(string content, string reason)
    {
        File.WriteAllText(At("a.json"), content);

        Assert.Equal(2, Invoke(At("a.json"), "--html", At("a.html")));
        Assert.Contains(reason, _errors.ToString());
        Assert.False(File.Exists(At("a.html")));
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private int Invoke(params string[] arguments) =>
        ReportCommand.Create(AnsiConsole.Console).Parse(arguments).Invoke(new InvocationConfiguration { Error = _errors });

    private string At(string name) => Path.Combine(_folder, name);
}
