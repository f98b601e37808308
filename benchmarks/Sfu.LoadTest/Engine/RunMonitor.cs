using Sfu.LoadTest.Metrics;
using Sfu.LoadTest.Receiving;
using Sfu.LoadTest.Reports.Live;
using Sfu.LoadTest.Results;
using Sfu.LoadTest.Statistics;

namespace Sfu.LoadTest.Engine;

/// <summary>Looks at a run once a second: the timeline of the result, and what people see meanwhile.</summary>
internal sealed class RunMonitor(Fleet fleet, Joins joins, ServerMetrics server, int wanted) : ILiveSource
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly List<TimelineSample> _timeline = [];
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private volatile RunPhase _phase = new("starting", 0, 0);
    private volatile LiveSnapshot _latest = new(TimeSpan.Zero, "starting", 0, wanted, 0, 0, 0, 0, 0, null, 0, TimeSpan.Zero);
    private RunTotals _before = RunTotals.Zero;
    private LatencyHistogram _latencyBefore = new();
    private ServerSample? _serverBefore;
    private TimeSpan _toolCpuBefore = Environment.CpuUsage.TotalTime;
    private long _lookedAt = TimeProvider.System.GetTimestamp();

    public IReadOnlyList<TimelineSample> Timeline => _timeline;

    /// <param name="expected">How long the phase will last; zero when nobody knows.</param>
    public void Enter(string phase, TimeSpan expected) =>
        _phase = new RunPhase(phase, TimeProvider.System.GetTimestamp(), expected.TotalSeconds);

    public LiveSnapshot Look() => _latest;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
                Take(await server.SampleAsync());
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private void Take(ServerSample? sample)
    {
        double seconds = TimeProvider.System.GetElapsedTime(_lookedAt).TotalSeconds;
        _lookedAt = TimeProvider.System.GetTimestamp();
        var latency = new LatencyHistogram();
        foreach (ReceiveThread thread in fleet.Threads)
        {
            latency.Add(thread.Meter.RampLatency);
            latency.Add(thread.Meter.Latency);
        }

        RunTotals totals = RunTotals.Of(fleet, joins);
        LatencyHistogram recent = latency.Since(_latencyBefore);
        double? serverCores = sample is null || _serverBefore is null ? null : (sample.CpuSeconds - _serverBefore.CpuSeconds) / sample.SecondsSince(_serverBefore);
        double? packetsPerMessage = sample is null || _serverBefore is null ? null : sample.PacketsPerMessageSince(_serverBefore);
        TimeSpan toolCpu = Environment.CpuUsage.TotalTime;
        double toolCores = (toolCpu - _toolCpuBefore).TotalSeconds / seconds;
        RunPhase phase = _phase;
        // What trickles in at the end would look like a fall.
        if (phase.Name != RunPhase.Draining)
        {
            _timeline.Add(new TimelineSample(
                TimeProvider.System.GetElapsedTime(_startedAt).TotalSeconds,
                phase.Name == RunPhase.Measuring,
                totals.Connected,
                totals.Received - _before.Received,
                totals.Missing - _before.Missing,
                recent.Quantile(0.5),
                recent.Quantile(0.99),
                recent.Quantile(1),
                serverCores,
                toolCores,
                packetsPerMessage));
        }

        _latest = new LiveSnapshot(
            phase.Elapsed,
            phase.Name,
            totals.Connected,
            wanted,
            (totals.Connected - _before.Connected) / seconds,
            (totals.Received - _before.Received) / seconds,
            totals.MeasuredMissing,
            recent.Quantile(0.5),
            recent.Quantile(0.99),
            serverCores,
            toolCores,
            phase.Remaining);
        (_before, _latencyBefore, _serverBefore, _toolCpuBefore) = (totals, latency, sample, toolCpu);
    }
}
