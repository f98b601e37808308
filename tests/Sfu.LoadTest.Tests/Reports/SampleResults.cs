using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Tests.Reports;

/// <summary>Results as runs leave them: invented, but each figure agrees with the others.</summary>
internal static class SampleResults
{
    private const int JoinSeconds = 12, Seconds = 60, PerSecond = 750_000;

    public static LoadTestResult Passed(int listeners = 5000)
    {
        Random random = new(7);
        long expected = (long)PerSecond * Seconds;
        Quantiles latency = new(expected, 0.842, 3.91, 9.37, 31.4);
        return new LoadTestResult(
            LoadTestResult.CurrentSchema,
            new DateTimeOffset(2026, 11, 24, 19, 30, 5, TimeSpan.Zero),
            "15ebefa",
            "sfu-load run --server http://127.0.0.1:5080 --listeners 5000 --speakers 3 --seconds 60",
            new MachineResult("AMD EPYC 9R14", 2, "6.12.0", "Debian GNU/Linux 13", ".NET 10.0.1"),
            new LoadPlan("http://127.0.0.1:5080", "sfu", 1, listeners, 3, 500, Seconds, "all", 128, "any", 0),
            new JoinResult(listeners, listeners, 431, new Quantiles(listeners, 4.1, 22.8, 41, 58.2), new Quantiles(listeners, 18.4, 49.5, 71, 90.3), 3.1,
                new Dictionary<string, int>()),
            new PacketResult(150 * Seconds, expected, expected, 0, 0, 0, 0, 0, PerSecond, 0),
            new VerificationResult(expected / 50, expected / 50, 100, 0, 0),
            new LatencyResult(latency, [.. Histogram(expected)]),
            new GapResult(new Quantiles(listeners, 27.2, 41.8, 52.1, 61.7), 61.7),
            new SwitchResult(new Quantiles(36 * (long)listeners, 1.2, 5.1, 11, 33.8)),
            new ServerResult(106.2, 1.77, expected, 15_900_000, 2.83, 2.36, 423_700, 412L << 20, 38_600, 9L << 20, 0, 0.0021, 1, new Dictionary<string, long>()),
            new ToolResult(88, 1.46, 655L << 20, 41L << 20, 0.004),
            [.. Enumerable.Range(1, JoinSeconds + Seconds).Select(s => Sample(s, listeners, random))],
            [.. Enumerable.Range(1, listeners).Select(n => new ListenerResult(n, 9000, 9000, 0, 0, 0, Gap(n, random)))],
            new Verdict(true, []));
    }

    public static LoadTestResult Failed()
    {
        LoadTestResult passed = Passed(2000);
        Random random = new(9);
        long lost = 45_123;
        return passed with
        {
            Joins = passed.Joins with { Succeeded = 1996, Failures = new Dictionary<string, int> { ["ICE timed out"] = 3, ["401"] = 1 } },
            Packets = passed.Packets with { Lost = lost, Received = passed.Packets.Expected - lost, LostShare = lost / (double)passed.Packets.Expected, Injected = 45_000 },
            Server = passed.Server! with { Dropped = new Dictionary<string, long> { ["mailbox-full"] = 123 } },
            Plan = passed.Plan with { InjectedLoss = 0.001, Listeners = 2000 },
            Listeners = [.. passed.Listeners.Select(l => l with { Lost = random.Next(12), Received = 9000 - random.Next(12) })],
            Timeline = [.. passed.Timeline.Select(s => s with { Lost = s.Measured ? random.Next(500, 1000) : 0 })],
            Verdict = new Verdict(false, ["45,123 packets were lost; none may be.", "4 of 2,000 listeners did not join."]),
        };
    }

    /// <summary>A run that never heard anything, against a server without metrics.</summary>
    public static LoadTestResult Empty()
    {
        Quantiles none = new(0, 0, 0, 0, 0);
        return Passed(1) with
        {
            Joins = new JoinResult(0, 0, 0, none, none, null, new Dictionary<string, int>()),
            Packets = new PacketResult(0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            Verification = new VerificationResult(0, 0, 0, 0, 0),
            Latency = new LatencyResult(none, []),
            Gaps = new GapResult(none, 0),
            Switches = new SwitchResult(none),
            Server = null,
            Tool = new ToolResult(0, 0, 0, 0, 0),
            Timeline = [],
            Listeners = [],
            Verdict = new Verdict(false, ["Nobody joined."]),
        };
    }

    /// <summary>Log-normal with a tail, in buckets that are 1/32 of an octave wide.</summary>
    private static IEnumerable<HistogramBucket> Histogram(long packets)
    {
        for (double upTo = 0.08; upTo < 32; upTo *= Math.Pow(2, 1 / 32d))
        {
            double main = Math.Log(upTo / 0.84) / 0.62, tail = Math.Log(upTo / 3) / 0.8;
            double density = 0.0138 * Math.Exp(-main * main / 2) + 0.0003 * Math.Exp(-tail * tail / 2);
            if ((long)(density * packets) is > 0 and long count)
                yield return new HistogramBucket(upTo, count);
        }
    }

    private static TimelineSample Sample(int second, int listeners, Random random)
    {
        bool measured = second > JoinSeconds;
        int connected = measured ? listeners : listeners * second / JoinSeconds;
        double load = connected / (double)listeners, noise = 1 + 0.08 * random.NextDouble(), spike = random.Next(15) == 0 ? 2.4 : 1;
        return new TimelineSample(second, measured, connected, (long)(PerSecond * load * (1 + 0.01 * (random.NextDouble() - 0.5))), 0,
            0.3 + 0.54 * load * noise, (1 + 2.7 * load) * noise * spike, (6 + 9 * random.NextDouble()) * spike * load,
            Math.Min(2, 0.5 + 1.2 * load * noise), Math.Min(2, 0.3 + 1.1 * load * noise), 1 + 1.8 * load * noise);
    }

    private static double Gap(int number, Random random) =>
        number == 4711 ? 61.7 : 22 + 9 * random.NextDouble() * (1 + random.NextDouble()) + (random.Next(60) == 0 ? 12 * random.NextDouble() : 0);
}
