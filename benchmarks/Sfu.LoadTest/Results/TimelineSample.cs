namespace Sfu.LoadTest.Results;

/// <summary>One second, from the start of the joins on.</summary>
/// <param name="Second">Since the start.</param>
/// <param name="Measured">False while listeners still join.</param>
/// <param name="ServerCores">Busy in this second; null without metrics.</param>
public sealed record TimelineSample(
    double Second,
    bool Measured,
    int Connected,
    long Received,
    long Lost,
    double LatencyP50,
    double LatencyP99,
    double LatencyMax,
    double? ServerCores,
    double ToolCores,
    double? PacketsPerMessage);
