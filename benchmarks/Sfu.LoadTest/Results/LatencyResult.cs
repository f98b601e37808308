namespace Sfu.LoadTest.Results;

/// <summary>From a speaker's send to the arrival at a listener's socket, for every packet of every listener.</summary>
/// <param name="Histogram">How many packets took up to each bound, in ascending order; bounds without packets are left out.</param>
public sealed record LatencyResult(Quantiles Forward, IReadOnlyList<HistogramBucket> Histogram);
