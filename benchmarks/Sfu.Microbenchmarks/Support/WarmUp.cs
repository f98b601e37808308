using System.Diagnostics;

namespace Sfu.Microbenchmarks.Support;

/// <summary>For benchmarks with one invocation an iteration, which are too few to get their code compiled for speed.</summary>
internal static class WarmUp
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(300);

    public static void Run(Action prepare, params ReadOnlySpan<Func<int>> codes)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Duration)
        {
            foreach (Func<int> code in codes)
            {
                prepare();
                code();
            }
        }
    }
}
