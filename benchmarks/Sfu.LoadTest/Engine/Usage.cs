using System.Diagnostics;
using Sfu.LoadTest.Metrics;

namespace Sfu.LoadTest.Engine;

/// <summary>What server and tool have used up to a moment.</summary>
/// <param name="Server">Null when it shows no metrics.</param>
internal sealed record Usage(long At, ServerSample? Server, double ToolCpuSeconds, long ToolAllocatedBytes, double ToolPauseSeconds)
{
    public static async Task<Usage> TakeAsync(ServerMetrics server)
    {
        ServerSample? sample = await server.SampleAsync();
        return new Usage(
            Stopwatch.GetTimestamp(),
            sample,
            Environment.CpuUsage.TotalTime.TotalSeconds,
            GC.GetTotalAllocatedBytes(),
            GC.GetTotalPauseDuration().TotalSeconds);
    }
}
