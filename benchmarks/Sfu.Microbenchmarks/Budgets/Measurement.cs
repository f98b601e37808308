namespace Sfu.Microbenchmarks.Budgets;

/// <summary>What a benchmark cost in one run.</summary>
/// <param name="Method"><c>Class.Method</c>.</param>
/// <param name="Parameters"><c>[Name=value, ...]</c>, or empty.</param>
/// <param name="Bytes">Allocated for one operation.</param>
/// <param name="Nanoseconds">Median of an operation; not a number when it did not run.</param>
/// <param name="Ratio">To the baseline; null for the baseline itself.</param>
internal sealed record Measurement(string Method, string Parameters, double Bytes, double Nanoseconds, double? Ratio)
{
    public string Id => Method + Parameters;

    /// <summary>The better of two runs: what disturbs a run only ever makes it worse.</summary>
    public Measurement BetterOf(Measurement other) => double.IsNaN(Nanoseconds) ? other : double.IsNaN(other.Nanoseconds) ? this : this with
    {
        Bytes = Math.Min(Bytes, other.Bytes),
        Nanoseconds = Math.Min(Nanoseconds, other.Nanoseconds),
        Ratio = Ratio is { } ratio && other.Ratio is { } otherRatio ? Math.Min(ratio, otherRatio) : null,
    };
}
