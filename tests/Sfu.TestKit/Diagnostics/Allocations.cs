namespace Sfu.TestKit.Diagnostics;

/// <summary>Measures what code allocates on the managed heap.</summary>
public static class Allocations
{
    private const int Attempts = 10;

    /// <summary>The bytes that one run of the code allocates on this thread: the least of several runs, after one that is not counted.</summary>
    /// <remarks>
    /// The least, because a collection that another thread's test brings about, while this thread is in a native call,
    /// books the unused rest of this thread's allocation buffer as allocated. What the code itself allocates, it
    /// allocates in every run.
    /// </remarks>
    public static long Of(Action code)
    {
        code();
        long least = long.MaxValue;
        for (int i = 0; i < Attempts && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            code();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
