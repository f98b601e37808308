namespace Sfu.LoadTest.Results;

/// <summary>What a surge did to latency, and how soon that was over. From looks ten times a second.</summary>
/// <param name="NormalP99">The highest p99 of any look in the second half of the time before the surge: what counts as normal after it.</param>
/// <param name="SurgeP99">The median of the looks' p99 during the surge.</param>
/// <param name="RecoverySeconds">
/// From the end of the surge to the begin of the first second in which nothing was lost, packets came all the time, and p99 was normal;
/// null when there was none.
/// </param>
public sealed record SurgeResult(double NormalP99, double SurgeP99, double? RecoverySeconds);
