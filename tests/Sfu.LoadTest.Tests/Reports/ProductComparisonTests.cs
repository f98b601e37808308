using Sfu.LoadTest.Reports;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Tests.Reports;

public sealed class ProductComparisonTests
{
    [Fact]
    public void Listeners_for_the_same_cpu_are_compared_at_the_same_number_with_the_other_products_best()
    {
        ComparisonResult comparison = Comparison.Of(
            [Run("janus-a", "janus", 400, 1.0), Run("janus-b", "janus", 400, 0.5), Run("janus-c", "janus", 300, 0.2), Run("ours", "sfu", 400, 0.1), Run("more", "sfu", 4_000, 0.8)]);

        ComparisonRatio same = Assert.Single(comparison.Ratios, ratio => ratio.At == "400 listeners each");
        Assert.Equal(("ours", "janus-b"), (same.Ours, same.Theirs));
        Assert.Equal(5.0, same.Listeners, 0.001);
        ComparisonRatio near = Assert.Single(comparison.Ratios, ratio => ratio.At == "about one busy core each");
        Assert.Equal(("more", "janus-b"), (near.Ours, near.Theirs));
        Assert.Equal(4_000 / 0.8 / 800, near.Listeners, 0.001);
    }

    [Fact]
    public void Profiles_are_not_mixed()
    {
        ComparisonResult comparison = Comparison.Of([Run("theirs", "janus", 400, 1.0, "cm"), Run("ours", "sfu", 400, 0.1, "gcm128")]);

        Assert.Empty(comparison.Ratios);
    }

    [Fact]
    public void Only_what_was_delivered_counts()
    {
        NamedResult run = Run("lossy", "janus", 400, 1.0);
        PacketResult packets = run.Result.Packets;
        run = run with { Result = run.Result with { Packets = packets with { Received = packets.Expected / 2, LostShare = 0.5 } } };

        ComparisonRow row = Assert.Single(Comparison.Of([run]).Runs);

        Assert.Equal(200, row.ListenersPerCore, 0.001);
        Assert.Equal(run.Result.Server!.CpuSeconds * 1e6 / (packets.Expected / 2), row.CpuMicrosecondsPerPacket, 0.001);
    }

    [Fact]
    public void Without_the_servers_cpu_there_is_no_comparison() =>
        Assert.Throws<InvalidDataException>(() => Comparison.Of([new NamedResult("empty", SampleResults.Empty())]));

    [Fact]
    public void The_command_writes_a_row_for_each_run_and_ratio()
    {
        string[] files = [.. new[] { Run("theirs", "janus", 400, 1.0), Run("ours", "sfu", 400, 0.1) }.Select(Save)];
        string markdown = Path.GetTempFileName(), json = Path.GetTempFileName();

        int exitCode = CompareCommand.Create(Spectre.Console.AnsiConsole.Console).Parse([.. files, "--markdown", markdown, "--json", json]).Invoke();

        Assert.Equal(0, exitCode);
        string table = File.ReadAllText(markdown);
        Assert.Contains("| any | 400 | 750,000 | 0 % | 3.91 ms |", table, StringComparison.Ordinal);
        Assert.Contains("| 400 listeners each | any |", table, StringComparison.Ordinal);
        Assert.Contains("| 10× |", table, StringComparison.Ordinal);
        Assert.Contains("\"listeners\": 10", File.ReadAllText(json), StringComparison.Ordinal);
        foreach (string file in (string[])[.. files, markdown, json])
            File.Delete(file);
    }

    private static string Save(NamedResult run)
    {
        string path = Path.GetTempFileName();
        ResultFile.Write(path, run.Result);
        return path;
    }

    private static NamedResult Run(string name, string product, int listeners, double cores, string profile = "any")
    {
        LoadTestResult result = SampleResults.Passed(listeners);
        return new NamedResult(name, result with
        {
            Plan = result.Plan with { Product = product, SrtpProfile = profile },
            Server = result.Server! with { CoresBusy = cores, CpuSeconds = cores * result.Plan.Seconds },
        });
    }
}
