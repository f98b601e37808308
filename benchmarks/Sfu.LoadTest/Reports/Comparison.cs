using Sfu.LoadTest.Options;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports;

/// <summary>Sets runs of our server against those of another product.</summary>
internal static class Comparison
{
    // Of cores: what counts as about one. A single event loop that has more to do only falls behind.
    private const double LeastForOneCore = 0.5;
    private const double MostForOneCore = 1.1;

    /// <exception cref="InvalidDataException">A run says nothing of the server's CPU, or nothing arrived.</exception>
    public static ComparisonResult Of(IReadOnlyList<NamedResult> runs)
    {
        ComparisonRow[] rows = [.. runs.Select(RowOf)];
        return new ComparisonResult(runs[0].Result.Machine, rows, [.. rows.GroupBy(row => row.SrtpProfile).SelectMany(Ratios)]);
    }

    private static ComparisonRow RowOf(NamedResult run)
    {
        LoadTestResult result = run.Result;
        if (result.Server is not { CpuSeconds: > 0 } server || result.Packets.Received == 0)
            throw new InvalidDataException($"{run.Name} has no CPU of a server for a packet.");
        return new ComparisonRow(
            run.Name,
            result.Plan.Product,
            result.Plan.SrtpProfile,
            result.Plan.Listeners,
            result.Packets.PerSecond,
            result.Packets.LostShare,
            result.Latency.Forward.P99,
            server.CpuSeconds * 1e6 / result.Packets.Received,
            server.CoresBusy,
            result.Plan.Listeners * (1 - result.Packets.LostShare) / server.CoresBusy,
            server.ResidentBytes,
            result.Verdict.Passed);
    }

    /// <summary>At each number of listeners that both had, and where each has about one core busy; the best run of each product there.</summary>
    private static IEnumerable<ComparisonRatio> Ratios(IGrouping<string, ComparisonRow> runs)
    {
        ComparisonRow[] ours = [.. runs.Where(row => row.Product == LoadOptions.Sfu)];
        ComparisonRow[] theirs = [.. runs.Where(row => row.Product != LoadOptions.Sfu)];
        if (ours.Length == 0 || theirs.Length == 0)
            yield break;
        foreach (int listeners in ours.Select(row => row.Listeners).Intersect(theirs.Select(row => row.Listeners)))
            yield return Ratio($"{Figures.Count(listeners)} listeners each", Best(ours.Where(row => row.Listeners == listeners)), Best(theirs.Where(row => row.Listeners == listeners)));
        if (ours.Any(KeepsOneCoreBusy) && theirs.Any(KeepsOneCoreBusy))
            yield return Ratio("about one busy core each", Best(ours.Where(KeepsOneCoreBusy)), Best(theirs.Where(KeepsOneCoreBusy)));
    }

    private static ComparisonRatio Ratio(string at, ComparisonRow ours, ComparisonRow theirs) =>
        new(at, ours.SrtpProfile, ours.Name, theirs.Name, ours.ListenersPerCore / theirs.ListenersPerCore);

    private static ComparisonRow Best(IEnumerable<ComparisonRow> rows) => rows.MaxBy(row => row.ListenersPerCore)!;

    private static bool KeepsOneCoreBusy(ComparisonRow row) => row.CoresBusy is >= LeastForOneCore and <= MostForOneCore;
}
