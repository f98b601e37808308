namespace Sfu.LoadTest.Results;

/// <summary>Everything that a run has measured: what the JSON file holds, and what table, charts and comparisons are made from.</summary>
/// <remarks>Times are milliseconds and sizes bytes unless a name says otherwise; shares are 0..1.</remarks>
/// <param name="Schema">Grows when a field changes its meaning.</param>
/// <param name="Server">Null when the server shows no metrics.</param>
/// <param name="Timeline">One sample for each second of the measured time.</param>
/// <param name="LossOfListeners">Null when there was no listener, and in files of earlier versions.</param>
/// <param name="Surge">Null unless the speech was a surge.</param>
public sealed record LoadTestResult(
    int Schema,
    DateTimeOffset StartedAt,
    string Commit,
    string Command,
    MachineResult Machine,
    LoadPlan Plan,
    JoinResult Joins,
    PacketResult Packets,
    VerificationResult Verification,
    LatencyResult Latency,
    GapResult Gaps,
    SwitchResult Switches,
    ServerResult? Server,
    ToolResult Tool,
    IReadOnlyList<TimelineSample> Timeline,
    IReadOnlyList<ListenerResult> Listeners,
    Verdict Verdict,
    LossSpread? LossOfListeners = null,
    SurgeResult? Surge = null)
{
    public const int CurrentSchema = 1;
}
