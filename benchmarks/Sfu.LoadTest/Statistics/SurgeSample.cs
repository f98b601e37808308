namespace Sfu.LoadTest.Statistics;

/// <summary>What was received since the look before.</summary>
/// <param name="At">CLOCK_REALTIME nanoseconds, of this look.</param>
/// <param name="Lost">Gaps that were found; below 0 when late packets filled some.</param>
/// <param name="LatencyP99">Milliseconds.</param>
internal readonly record struct SurgeSample(long At, long Received, long Lost, double LatencyP99);
