namespace Sfu.LoadTest.Results;

/// <param name="UpTo">Upper bound in milliseconds, exclusive.</param>
public sealed record HistogramBucket(double UpTo, long Count);
