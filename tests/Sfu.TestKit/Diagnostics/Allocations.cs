namespace Sfu.TestKit.Diagnostics;

/// <summary>Measures what code allocates on the managed heap.</summary>
/// <remarks>
/// A collection that another thread's test brings about may book the unused rest of this thread's allocation buffer as
/// allocated, and a first run may pay for what the runtime prepares lazily. So a run that allocates more than the budget
/// is repeated, and the least of all counts: what the code itself allocates, it allocates in every run.
/// </remarks>
public static class Allocations
{
    private const int Attempts = 10;

    /// <summary>The bytes that one run of the code allocates on this thread.</summary>
    /// <param name="code">May run several times.</param>
    /// <param name="budget">Bytes that the caller allows; a run within them is the last one.</param>
    public static long Of(Action code, long budget = 0) => Of(() => code, run => run(), budget);

    /// <summary>The same for code that is not the same when it is run again: each run gets a state of its own.</summary>
    /// <param name="prepare">Makes equal states. What it allocates does not count. A state is disposed of if it can be.</param>
    /// <param name="code">May run several times, once with each state.</param>
    /// <param name="budget">Bytes that the caller allows; a run within them is the last one.</param>
    public static long Of<TState>(Func<TState> prepare, Action<TState> code, long budget = 0)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Attempts && least > budget; i++)
        {
            TState state = prepare();
            // Empties this thread's allocation buffer: there is no rest of it that a later collection could book.
            if (i > 0)
                GC.Collect(0);

            long before = GC.GetAllocatedBytesForCurrentThread();
            code(state);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            (state as IDisposable)?.Dispose();
        }

        return least;
    }
}
