using Sfu.LoadTest.Net;
using Sfu.LoadTest.Receiving;
using Sfu.LoadTest.Statistics;

namespace Sfu.LoadTest.Engine;

/// <summary>Looks at what is received ten times a second: a second is too coarse for a recovery that takes less than two.</summary>
internal sealed class SurgeWatch(Fleet fleet)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly List<SurgeSample> _samples = [];
    private LatencyHistogram _latencyBefore = new();
    private long _missingBefore;

    /// <summary>So far. Any thread.</summary>
    public IReadOnlyList<SurgeSample> Samples
    {
        get
        {
            lock (_samples)
                return [.. _samples];
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
                Look();
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private void Look()
    {
        var latency = new LatencyHistogram();
        long missing = 0;
        foreach (ReceiveThread thread in fleet.Threads)
        {
            latency.Add(thread.Meter.RampLatency);
            latency.Add(thread.Meter.Latency);
            missing += thread.Meter.Ramp.Missing + thread.Meter.Measured.Missing;
        }

        LatencyHistogram recent = latency.Since(_latencyBefore);
        var sample = new SurgeSample(NativeCalls.RealtimeNanoseconds(), recent.Count, missing - _missingBefore, recent.Quantile(0.99));
        lock (_samples)
            _samples.Add(sample);
        (_latencyBefore, _missingBefore) = (latency, missing);
    }
}
