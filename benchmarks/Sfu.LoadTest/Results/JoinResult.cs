namespace Sfu.LoadTest.Results;

/// <param name="PerSecond">From the first join's start to the last one's media.</param>
/// <param name="ConnectTime">From a join's start to its SRTP keys: token, WebSocket, offer and answer, ICE, DTLS.</param>
/// <param name="HearTime">From a join's start to the first packet that it heard; counted where somebody was speaking.</param>
/// <param name="Failures">By reason.</param>
/// <param name="ServerCpuSeconds">That the server spent while they joined; null when it shows no metrics.</param>
public sealed record JoinResult(
    int Attempted,
    int Succeeded,
    double PerSecond,
    Quantiles ConnectTime,
    Quantiles HearTime,
    double? ServerCpuSeconds,
    IReadOnlyDictionary<string, int> Failures);
