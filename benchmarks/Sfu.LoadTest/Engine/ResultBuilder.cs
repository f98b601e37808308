using System.Diagnostics;
using Sfu.LoadTest.Metrics;
using Sfu.LoadTest.Options;
using Sfu.LoadTest.Receiving;
using Sfu.LoadTest.Results;
using Sfu.LoadTest.Statistics;

namespace Sfu.LoadTest.Engine;

/// <summary>Puts together what a run has counted. The receive threads have ended.</summary>
internal sealed class ResultBuilder(LoadOptions options, Fleet fleet, Joins joins)
{
    private const double NanosecondsForMillisecond = 1e6;

    public LoadTestResult Build(RunRecord run)
    {
        var count = new ListenerCount(options, fleet);
        ListenerResult[] listeners = count.All();
        PacketResult packets = Packets(listeners);
        VerificationResult verification = Verification();
        JoinResult joined = Join(run);
        SurgeResult? surge = options.Speech == "surge" ? Recovery.Of(run.SurgeSamples, fleet.Measured) : null;
        var switches = new SwitchResult(Merged(meter => meter.Switches).ToQuantiles());
        return new LoadTestResult(
            LoadTestResult.CurrentSchema,
            run.StartedAt,
            options.Commit,
            run.Command,
            Machine.Describe(),
            new LoadPlan(
                options.Server.ToString(), options.Product, options.Rooms, options.Listeners, options.Speakers, options.JoinsPerSecond,
                options.Seconds, options.Speech, fleet.Speech.MeanLength, options.ProfileName, options.InjectedLoss),
            joined,
            packets,
            verification,
            Latency(),
            Gaps(listeners),
            switches,
            Server(run, packets.Received),
            Tool(run),
            run.Timeline,
            listeners,
            Verdicts.Of(options, joined, packets, verification, count.Owed, everybodyIsHeard: options.Speakers <= run.Slots && !options.IsByInvitation,
                run.Ended, surge, options.IsByInvitation ? new OnsetGoal(run.OnsetsOwed, switches.OnsetToHeard) : null),
            LossSpread.Of(listeners),
            surge);
    }

    private PacketResult Packets(ListenerResult[] listeners)
    {
        long expected = listeners.Sum(listener => listener.Expected);
        long received = listeners.Sum(listener => listener.Received);
        long lost = listeners.Sum(listener => listener.Lost);
        return new PacketResult(
            Enumerable.Range(0, fleet.Desk.Count).Sum(speaker => fleet.Desk[speaker].Measured),
            expected,
            received,
            lost,
            listeners.Sum(listener => listener.Duplicated),
            listeners.Sum(listener => listener.OutOfOrder),
            fleet.Threads.Sum(thread => thread.Meter.Measured.Injected),
            fleet.SocketDrops,
            received / options.Seconds,
            expected == 0 ? 0 : (double)lost / expected);
    }

    private VerificationResult Verification() => new(
        fleet.Threads.Sum(thread => thread.Meter.Authenticated),
        fleet.Threads.Sum(thread => thread.Meter.Compared),
        (options.Listeners + SlotMeter.FullCheckEvery - 1) / SlotMeter.FullCheckEvery,
        fleet.Threads.Sum(thread => thread.Meter.AuthenticationFailures),
        fleet.Threads.Sum(thread => thread.Meter.Mismatches));

    private JoinResult Join(RunRecord run)
    {
        var connect = new LatencyHistogram();
        var hear = new LatencyHistogram();
        long first = long.MaxValue;
        long last = 0;
        for (int number = 0; number < options.Listeners; number++)
        {
            JoinRecord record = joins.Records[number];
            if (record.Failure is not null)
                continue;
            first = Math.Min(first, record.StartedAt);
            last = Math.Max(last, record.ConnectedAt);
            connect.Record(record.ConnectedAt - record.StartedAt);
            if (fleet.Clients[number] is { HeardAt: > 0 } client)
                hear.Record(client.HeardAt - record.StartedAt);
        }

        int succeeded = (int)connect.Count;
        return new JoinResult(
            options.Listeners,
            succeeded,
            last > first ? succeeded / ((last - first) / 1e9) : 0,
            connect.ToQuantiles(),
            hear.ToQuantiles(),
            run.AfterJoins?.CpuSeconds - run.BeforeJoins?.CpuSeconds,
            joins.Records.Where(r => r.Failure is not null).GroupBy(r => r.Failure!).ToDictionary(g => g.Key, g => g.Count()));
    }

    private LatencyResult Latency()
    {
        LatencyHistogram latency = Merged(meter => meter.Latency);
        return new LatencyResult(latency.ToQuantiles(), latency.ToBuckets());
    }

    private static GapResult Gaps(ListenerResult[] listeners)
    {
        var gaps = new LatencyHistogram();
        foreach (ListenerResult listener in listeners)
            gaps.Record((long)(listener.LongestGap * NanosecondsForMillisecond));
        return new GapResult(gaps.ToQuantiles(), listeners.Max(listener => listener.LongestGap));
    }

    /// <param name="delivered">Packets; a server that counts none itself has sent those.</param>
    private ServerResult? Server(RunRecord run, long delivered)
    {
        if (run.From.Server is not { } from || run.Until.Server is not { } until)
            return null;
        double cpu = until.CpuSeconds - from.CpuSeconds;
        long counted = (long)(until.PacketsSent - from.PacketsSent);
        long packets = counted > 0 ? counted : delivered;
        long messages = (long)(until.MessagesSent - from.MessagesSent);
        return new ServerResult(
            cpu,
            cpu / until.SecondsSince(from),
            packets,
            messages,
            messages == 0 ? 0 : (double)packets / messages,
            packets == 0 ? 0 : cpu * 1e6 / packets,
            cpu == 0 ? 0 : packets / cpu,
            (long)until.ResidentBytes,
            (long)(until.ResidentBytes - (run.Idle?.ResidentBytes ?? 0)) / options.Listeners,
            (long)(until.AllocatedBytes - from.AllocatedBytes),
            (long)(until.WorkerAllocatedBytes - from.WorkerAllocatedBytes),
            until.GcPauseSeconds - from.GcPauseSeconds,
            (long)(until.GcCollections - from.GcCollections),
            Dropped(from, until));
    }

    private static Dictionary<string, long> Dropped(ServerSample from, ServerSample until) => until.Dropped
        .Select(drop => (drop.Key, Count: (long)(drop.Value - from.Dropped.GetValueOrDefault(drop.Key))))
        .Where(drop => drop.Count != 0)
        .ToDictionary(drop => drop.Key, drop => drop.Count);

    private static ToolResult Tool(RunRecord run)
    {
        double cpu = run.Until.ToolCpuSeconds - run.From.ToolCpuSeconds;
        return new ToolResult(
            cpu,
            cpu / Stopwatch.GetElapsedTime(run.From.At, run.Until.At).TotalSeconds,
            Environment.WorkingSet,
            run.Until.ToolAllocatedBytes - run.From.ToolAllocatedBytes,
            run.Until.ToolPauseSeconds - run.From.ToolPauseSeconds);
    }

    private LatencyHistogram Merged(Func<SlotMeter, LatencyHistogram> of)
    {
        var all = new LatencyHistogram();
        foreach (ReceiveThread thread in fleet.Threads)
            all.Add(of(thread.Meter));
        return all;
    }
}
