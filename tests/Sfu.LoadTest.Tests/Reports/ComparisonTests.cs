using System.Xml.Linq;
using Sfu.LoadTest.Reports;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Tests.Reports;

public sealed class ComparisonTests
{
    private static readonly CeilingResult Ceiling = new(5000, 148, new CeilingCost(0, 1, 1, 1, 3.3, 0), [new CeilingCost(3, 1, 1, 1, 1.7, 0)]);

    [Fact]
    public void Runs_stand_side_by_side_and_against_the_ceiling()
    {
        string[] lines = MarkdownTable.Render([new("a", SampleResults.Passed()), new("b|\n<x>", SampleResults.Empty())], Ceiling).Split('\n');

        Assert.Equal("|  | a | b\\| \\<x\\> |", lines[0]);
        Assert.Equal("| --- | ---: | ---: |", lines[1]);
        Assert.Contains("| latency p99 | 3.91 ms | – |", lines);
        Assert.Contains("| server CPU for a packet | 2.36 µs | – |", lines);
        Assert.Contains("| server against bare C, 3 packets a message (1.70 µs) | 1.39× | – |", lines);
    }

    [Theory]
    [InlineData(0.5, 3.3)]
    [InlineData(1, 3.3)]
    [InlineData(1.5, 2.5)] // two thirds of a message each: half way between 1 and 1/3
    [InlineData(3, 1.7)]
    [InlineData(50, 1.7)]
    public void The_ceiling_is_linear_in_messages_per_packet(double packetsPerMessage, double cost) =>
        Assert.Equal(cost, Ceiling.CostAt(packetsPerMessage), 1e-9);

    [Fact]
    public void Charts_are_written_and_well_formed()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            NamedResult[] runs = [new("a/../<b>", SampleResults.Passed()), new("empty", SampleResults.Empty())];

            IReadOnlyList<string> names = ChartFile.WriteAll(folder, runs, Ceiling);

            Assert.Equal(["latency.svg", "cpu-per-packet.svg", "latency-a-..--b-.svg", "latency-empty.svg"], names);
            Assert.All(names, n => Assert.DoesNotContain("NaN", XElement.Load(Path.Combine(folder, n)).ToString()));
            Assert.Contains("1.35× bare C", File.ReadAllText(Path.Combine(folder, "cpu-per-packet.svg")));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
