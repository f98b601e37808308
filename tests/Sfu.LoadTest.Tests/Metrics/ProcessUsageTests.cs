using System.Diagnostics;
using Sfu.LoadTest.Metrics;

namespace Sfu.LoadTest.Tests.Metrics;

public sealed class ProcessUsageTests
{
    [Fact]
    public void Fields_are_counted_behind_a_name_that_holds_anything()
    {
        ProcessUsage? usage = ProcessUsage.Read(
            "4242 (a) (b 1 2) S 1 4242 4242 0 -1 4194560 900 0 0 0 1234 66 700 800 20 0 9 0 5000 987654321 2500 18446744073709551615 1 1\n", 4_096);

        Assert.Equal(new ProcessUsage(13.0, 2_500 * 4_096), usage);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4242 (janus) S 1 4242")]
    [InlineData("4242 (janus) S 1 4242 4242 0 -1 4194560 900 0 0 0 x 66 700 800 20 0 9 0 5000 987654321 2500 1")]
    public void Another_text_is_nothing(string stat) => Assert.Null(ProcessUsage.Read(stat, 4_096));

    [Fact]
    public void This_process_is_what_the_runtime_says()
    {
        using var self = Process.GetCurrentProcess();
        ProcessUsage? usage = ProcessUsage.Of(Environment.ProcessId);

        Assert.InRange(usage!.Value.CpuSeconds, self.TotalProcessorTime.TotalSeconds - 0.5, self.TotalProcessorTime.TotalSeconds + 5);
        Assert.InRange(usage.Value.ResidentBytes, self.WorkingSet64 / 2, self.WorkingSet64 * 2);
    }

    [Fact]
    public void No_process_is_nothing() => Assert.Null(ProcessUsage.Of(int.MaxValue));

    [Fact]
    public async Task A_server_that_says_nothing_is_known_by_its_process()
    {
        using var known = new ServerMetrics(new Uri("ws://127.0.0.1:1"), Environment.ProcessId);
        using var unknown = new ServerMetrics(new Uri("ws://127.0.0.1:1"), pid: null);

        ServerSample? sample = await known.SampleAsync();

        Assert.True(sample is { CpuSeconds: > 0, ResidentBytes: > 0, PacketsSent: 0, At: > 0 });
        Assert.Null(await unknown.SampleAsync());
    }
}
