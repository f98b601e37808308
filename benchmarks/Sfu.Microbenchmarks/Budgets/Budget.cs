namespace Sfu.Microbenchmarks.Budgets;

/// <summary>What a benchmark may cost.</summary>
/// <param name="Benchmark"><c>Class.Method</c> for all parameters, or with <c>[Name=value, ...]</c> for one set of them, which then counts.</param>
/// <param name="Bytes">Allocated for one operation, at most.</param>
/// <param name="Ratio">Of the time to that of the class's baseline with the same parameters, at most; null for the baseline itself.</param>
/// <param name="Why">For people.</param>
internal sealed record Budget(string Benchmark, double Bytes, double? Ratio = null, string? Why = null);
