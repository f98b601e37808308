namespace Sfu.LoadTest.Results;

/// <summary>One run among those that are compared.</summary>
/// <param name="Name">Of the result's file.</param>
/// <param name="CpuMicrosecondsPerPacket">Of the server's process, for each packet that a listener got.</param>
/// <param name="ListenersPerCore">How many were served for each busy core; those who lost packets count in part.</param>
/// <param name="Passed">The run's own verdict.</param>
public sealed record ComparisonRow(
    string Name,
    string Product,
    string SrtpProfile,
    int Listeners,
    double PacketsPerSecond,
    double LostShare,
    double LatencyP99,
    double CpuMicrosecondsPerPacket,
    double CoresBusy,
    double ListenersPerCore,
    long ResidentBytes,
    bool Passed);
