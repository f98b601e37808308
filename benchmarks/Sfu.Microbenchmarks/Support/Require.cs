namespace Sfu.Microbenchmarks.Support;

/// <summary>What a benchmark's setup holds true before anything is measured: a wrong result is fast and worth nothing.</summary>
internal static class Require
{
    /// <exception cref="InvalidOperationException">It is not true; the benchmark does not run, and its check fails.</exception>
    public static void That(bool condition, string what)
    {
        if (!condition)
            throw new InvalidOperationException($"The benchmark measures something wrong: {what}");
    }
}
