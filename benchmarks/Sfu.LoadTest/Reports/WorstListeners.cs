using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports;

internal static class WorstListeners
{
    public const int Shown = 10;

    /// <summary>Most lost first, then the longest gap.</summary>
    public static IReadOnlyList<ListenerResult> Of(LoadTestResult result) =>
        [.. result.Listeners.OrderByDescending(l => l.Lost).ThenByDescending(l => l.LongestGap).ThenBy(l => l.Number).Take(Shown)];
}
