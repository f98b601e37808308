using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Sfu.Microbenchmarks.Budgets;

/// <summary>Runs benchmarks in this process, briefly: good for ratios, not for publishing.</summary>
internal static class ShortJob
{
    /// <summary>Of 20 ms each: code is compiled for speed 100 ms after the last of new code, and with fewer a check of a STUN message took 1.2 or 1.9 times an HMAC, by chance.</summary>
    private const int WarmUps = 15;

    private static readonly IConfig Config = ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.DontLogOutput)
            .WithWarmupCount(WarmUps)
            .WithIterationCount(9)
            .WithIterationTime(TimeInterval.FromMilliseconds(20))
            .WithEvaluateOverhead(false))
        .AddLogger(NullLogger.Instance)
        .WithOptions(ConfigOptions.DisableLogFile);

    /// <summary>Every class with benchmarks.</summary>
    public static Type[] Classes { get; } =
        [.. typeof(ShortJob).Assembly.GetTypes().Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(BenchmarkDotNet.Attributes.BenchmarkAttribute), false)))];

    public static IEnumerable<Measurement> Run(Type type)
    {
        Summary summary = BenchmarkRunner.Run(type, Config);
        IReadOnlyDictionary<BenchmarkCase, double> bytes = ExactAllocations.Of(summary.BenchmarksCases);
        return summary.BenchmarksCases.Select(benchmark => Read(summary, benchmark, bytes[benchmark]));
    }

    private static Measurement Read(Summary summary, BenchmarkCase benchmark, double bytes)
    {
        Descriptor descriptor = benchmark.Descriptor;
        double nanoseconds = Median(summary, benchmark);
        BenchmarkCase? baseline = summary.BenchmarksCases.FirstOrDefault(
            other => other.Descriptor.Baseline && other.Parameters.DisplayInfo == benchmark.Parameters.DisplayInfo);
        return new Measurement(
            $"{descriptor.Type.Name}.{descriptor.WorkloadMethod.Name}",
            benchmark.Parameters.DisplayInfo,
            bytes,
            nanoseconds,
            descriptor.Baseline ? null : baseline is null ? double.NaN : nanoseconds / Median(summary, baseline));
    }

    private static double Median(Summary summary, BenchmarkCase benchmark) =>
        summary[benchmark] is { Success: true } report ? report.ResultStatistics?.Median ?? double.NaN : double.NaN;
}
