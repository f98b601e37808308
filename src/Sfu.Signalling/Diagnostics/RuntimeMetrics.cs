using System.Globalization;
using Prometheus;

namespace Sfu.Signalling.Diagnostics;

/// <summary>What the process and its runtime cost, under the names that Prometheus clients use everywhere; read at each scrape.</summary>
internal sealed class RuntimeMetrics
{
    private static readonly int Generations = GC.MaxGeneration + 1;

    private readonly Counter _cpuSeconds;
    private readonly Gauge _residentBytes;
    private readonly Counter _allocatedBytes;
    private readonly Counter _pauseSeconds;
    private readonly Counter _collections;

    private RuntimeMetrics(MetricFactory metrics)
    {
        _cpuSeconds = metrics.CreateCounter("process_cpu_seconds_total", "CPU of all threads, user and system, in seconds.");
        _residentBytes = metrics.CreateGauge("process_resident_memory_bytes", "Resident memory.");
        _allocatedBytes = metrics.CreateCounter("dotnet_gc_allocated_bytes_total", "Bytes allocated on the managed heap.");
        _pauseSeconds = metrics.CreateCounter("dotnet_gc_pause_seconds_total", "How long collections have paused the process, in seconds.");
        _collections = metrics.CreateCounter("dotnet_gc_collections_total", "Collections, each counted in the oldest generation that it took.", "generation");
    }

    public static void Collect(CollectorRegistry registry)
    {
        var metrics = new RuntimeMetrics(Metrics.WithCustomRegistry(registry));
        registry.AddBeforeCollectCallback(metrics.Read);
    }

    private void Read()
    {
        _cpuSeconds.IncTo(Environment.CpuUsage.TotalTime.TotalSeconds);
        _residentBytes.Set(Environment.WorkingSet);
        _allocatedBytes.IncTo(GC.GetTotalAllocatedBytes());
        _pauseSeconds.IncTo(GC.GetTotalPauseDuration().TotalSeconds);
        int older = 0;
        for (int generation = Generations - 1; generation >= 0; generation--)
        {
            // The runtime counts a collection in every generation that it took.
            int taken = GC.CollectionCount(generation);
            _collections.WithLabels(generation.ToString(CultureInfo.InvariantCulture)).IncTo(taken - older);
            older = taken;
        }
    }
}
