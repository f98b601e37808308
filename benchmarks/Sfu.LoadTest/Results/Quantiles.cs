namespace Sfu.LoadTest.Results;

/// <summary>Of a distribution in milliseconds; all 0 when it is empty.</summary>
public sealed record Quantiles(long Count, double P50, double P99, double P999, double Max);
