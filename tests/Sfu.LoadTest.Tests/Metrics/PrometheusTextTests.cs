using Sfu.LoadTest.Metrics;

namespace Sfu.LoadTest.Tests.Metrics;

public sealed class PrometheusTextTests
{
    private const string Text = """
        # HELP sfu_datagrams_total UDP datagrams.
        # TYPE sfu_datagrams_total counter
        sfu_datagrams_total{worker="0",direction="in"} 5
        sfu_datagrams_total{worker="0",direction="out"} 70
        sfu_datagrams_total{worker="1",direction="out"} 1.5e3
        process_cpu_seconds_total 12.25
        process_cpu_seconds_total_of_something_else 99
        process_resident_memory_bytes 1000 1395066363000
        sfu_dropped_total{worker="0",reason="late"} 2
        sfu_dropped_total{worker="1",reason="late"} 3
        sfu_dropped_total{worker="1",reason="muted"} 0
        """;

    [Fact]
    public void Series_are_summed()
    {
        Assert.Equal(12.25, PrometheusText.Sum(Text, "process_cpu_seconds_total"));
        Assert.Equal(1_570, PrometheusText.Sum(Text, "sfu_datagrams_total", "direction=\"out\""));
        Assert.Equal(1_575, PrometheusText.Sum(Text, "sfu_datagrams_total"));
        Assert.Equal(1_000, PrometheusText.Sum(Text, "process_resident_memory_bytes"));
        Assert.Null(PrometheusText.Sum(Text, "sfu_datagrams"));
    }

    [Fact]
    public void Sums_by_label() =>
        Assert.Equal(new Dictionary<string, double> { ["late"] = 5, ["muted"] = 0 }, PrometheusText.SumBy(Text, "sfu_dropped_total", "reason"));

    [Fact]
    public void Without_the_CPU_there_is_no_sample()
    {
        Assert.Equal((12.25, 1_570), (ServerSample.Read(Text)!.CpuSeconds, ServerSample.Read(Text)!.PacketsSent));
        Assert.Null(ServerSample.Read(Text.Replace("process_cpu_seconds_total 12.25", "", StringComparison.Ordinal)));
    }
}
