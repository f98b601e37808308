using Sfu.LoadTest.Options;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports;

/// <param name="Meaning">From when to when, in a few words.</param>
/// <param name="Of">What is counted.</param>
internal sealed record Distribution(string Name, string Meaning, string Of, Quantiles Quantiles)
{
    public static IReadOnlyList<Distribution> All(LoadTestResult result) =>
    [
        new("Latency", "speaker's send to arrival", "packets", result.Latency.Forward),
        new("Longest gap", "between two packets in speech", "listeners", result.Gaps.OfListeners),
        new("Speaker heard", result.Plan.Speech == LoadOptions.Invited ? "acceptance to first packet heard" : "first word sent to received", "switches", result.Switches.OnsetToHeard),
        new("Join", "token to SRTP keys", "joins", result.Joins.ConnectTime),
        new("Join to sound", "token to first packet heard", "joins", result.Joins.HearTime),
    ];
}
