using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Sfu.Microbenchmarks.Budgets;

/// <summary>Runs benchmarks in this process, briefly: good for ratios and allocations, not for publishing.</summary>
internal static class ShortJob
{
    private static readonly IConfig Config = ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.DontLogOutput)
            .WithWarmupCount(4)
            .WithIterationCount(11)
            .WithIterationTime(TimeInterval.FromMilliseconds(25))
            .WithEvaluateOverhead(false))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddLogger(NullLogger.Instance)
        .WithOptions(ConfigOptions.DisableLogFile);

    /// <summary>Every class with benchmarks.</summary>
    public static Type[] Classes { get; } =
        [.. typeof(ShortJob).Assembly.GetTypes().Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(BenchmarkDotNet.Attributes.BenchmarkAttribute), false)))];

    public static IEnumerable<Measurement> Run(Type type)
    {
        Summary summary = BenchmarkRunner.Run(type, Config);
        return summary.BenchmarksCases.Select(benchmark => Read(summary, benchmark));
    }

    private static Measurement Read(Summary summary, BenchmarkCase benchmark)
    {
        Descriptor descriptor = benchmark.Descriptor;
        double nanoseconds = Median(summary, benchmark);
        BenchmarkCase? baseline = summary.BenchmarksCases.FirstOrDefault(
            other => other.Descriptor.Baseline && other.Parameters.DisplayInfo == benchmark.Parameters.DisplayInfo);
        return new Measurement(
            $"{descriptor.Type.Name}.{descriptor.WorkloadMethod.Name}",
            benchmark.Parameters.DisplayInfo,
            Bytes(summary[benchmark]),
            nanoseconds,
            descriptor.Baseline ? null : baseline is null ? double.NaN : nanoseconds / Median(summary, baseline));
    }

    private static double Median(Summary summary, BenchmarkCase benchmark) =>
        summary[benchmark] is { Success: true } report ? report.ResultStatistics?.Median ?? double.NaN : double.NaN;

    /// <summary>A fraction stays one: 24 bytes a pass of 15,000 packets are too much as well.</summary>
    private static double Bytes(BenchmarkReport? report) =>
        report is { Success: true } && report.GcStats.TotalOperations > 0
            ? report.GcStats.GetTotalAllocatedBytes(excludeAllocationQuantumSideEffects: true) is { } bytes
                ? (double)bytes / report.GcStats.TotalOperations
                : double.NaN
            : double.NaN;
}
