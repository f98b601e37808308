namespace Sfu.LoadTest.Reports.Live;

/// <summary>How a run stands; times are milliseconds, rates and latencies those of the last second.</summary>
/// <param name="Elapsed">Of this phase.</param>
/// <param name="Phase">In a word or two: "joining".</param>
/// <param name="Lost">In the measured time so far.</param>
/// <param name="ServerCores">Null when the server shows no metrics.</param>
/// <param name="Remaining">Of this phase, as far as anybody knows.</param>
internal sealed record LiveSnapshot(
    TimeSpan Elapsed,
    string Phase,
    int Connected,
    int Wanted,
    double JoinsPerSecond,
    double PacketsPerSecond,
    long Lost,
    double LatencyP50,
    double LatencyP99,
    double? ServerCores,
    double ToolCores,
    TimeSpan Remaining)
{
    /// <summary>Of this phase, 0..1.</summary>
    public double Progress => Elapsed + Remaining > TimeSpan.Zero ? Math.Clamp(Elapsed / (Elapsed + Remaining), 0, 1) : 0;
}
