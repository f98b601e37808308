using System.Diagnostics;

namespace Sfu.LoadTest.Metrics;

/// <summary>The server's counters at one moment.</summary>
/// <param name="At">Of <see cref="Stopwatch"/>.</param>
/// <param name="CpuSeconds">Of the whole process since its start.</param>
internal sealed record ServerSample(
    long At,
    double CpuSeconds,
    double ResidentBytes,
    double PacketsSent,
    double MessagesSent,
    double AllocatedBytes,
    double WorkerAllocatedBytes,
    double GcPauseSeconds,
    double GcCollections,
    IReadOnlyDictionary<string, double> Dropped)
{
    /// <summary>Of a server that says nothing.</summary>
    public static readonly ServerSample Silent = new(0, 0, 0, 0, 0, 0, 0, 0, 0, new Dictionary<string, double>());

    /// <returns>Null when what matters most is not in the text.</returns>
    public static ServerSample? Read(string text)
    {
        if (PrometheusText.Sum(text, "process_cpu_seconds_total") is not { } cpu
            || PrometheusText.Sum(text, "sfu_datagrams_total", "direction=\"out\"") is not { } packets)
            return null;
        return new ServerSample(
            Stopwatch.GetTimestamp(),
            cpu,
            PrometheusText.Sum(text, "process_resident_memory_bytes") ?? 0,
            packets,
            PrometheusText.Sum(text, "sfu_messages_sent_total") ?? 0,
            PrometheusText.Sum(text, "dotnet_gc_allocated_bytes_total") ?? 0,
            PrometheusText.Sum(text, "sfu_worker_allocated_bytes_total") ?? 0,
            PrometheusText.Sum(text, "dotnet_gc_pause_seconds_total") ?? 0,
            PrometheusText.Sum(text, "dotnet_gc_collections_total") ?? 0,
            PrometheusText.SumBy(text, "sfu_dropped_total", "reason"));
    }

    public double SecondsSince(ServerSample earlier) => Stopwatch.GetElapsedTime(earlier.At, At).TotalSeconds;

    /// <summary>Null when nothing was sent.</summary>
    public double? PacketsPerMessageSince(ServerSample earlier) =>
        MessagesSent > earlier.MessagesSent ? (PacketsSent - earlier.PacketsSent) / (MessagesSent - earlier.MessagesSent) : null;
}
