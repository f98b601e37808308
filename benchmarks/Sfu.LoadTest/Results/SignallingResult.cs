namespace Sfu.LoadTest.Results;

/// <summary>What signalling alone costs: listeners that join and never answer the offer.</summary>
/// <param name="Attempted">Joins.</param>
/// <param name="PerSecond">Joins, from the first one begun to the last one done.</param>
/// <param name="JoinTime">From connecting to <c>welcome</c> and <c>offer</c>.</param>
/// <param name="OwnMessages">To the one who joins, for each join.</param>
/// <param name="OwnBytes">Of those, without frames.</param>
/// <param name="OtherMessages">To one who was inside from the first to the last join.</param>
/// <param name="OtherSeconds">How long that was.</param>
/// <param name="ServerCpuMilliseconds">For each join; null when the server shows no metrics.</param>
/// <param name="ServerBytes">Resident memory for each idle listener; null as above.</param>
/// <param name="IdleCores">That the server kept busy while nobody did anything; null as above.</param>
/// <param name="Failures">By reason.</param>
public sealed record SignallingResult(
    int Attempted,
    int Joined,
    double PerSecond,
    Quantiles JoinTime,
    double OwnMessages,
    double OwnBytes,
    long OtherMessages,
    double OtherSeconds,
    double? ServerCpuMilliseconds,
    double? ServerBytes,
    double? IdleCores,
    IReadOnlyDictionary<string, int> Failures);
