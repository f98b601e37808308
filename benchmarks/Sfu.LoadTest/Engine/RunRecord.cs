using Sfu.LoadTest.Metrics;
using Sfu.LoadTest.Results;
using Sfu.LoadTest.Statistics;

namespace Sfu.LoadTest.Engine;

/// <summary>What a run has noted down, besides what its clients counted.</summary>
/// <param name="Idle">The server before anybody joined.</param>
/// <param name="From">At the begin of the measured time.</param>
/// <param name="SurgeSamples">Empty unless the speech is a surge.</param>
/// <param name="Slots">How many the server's rooms let be heard at once.</param>
/// <param name="Ended">Clients that the server threw out, by reason.</param>
/// <param name="OnsetsOwed">See <see cref="InvitationRounds.Owed"/>.</param>
internal sealed record RunRecord(
    DateTimeOffset StartedAt,
    string Command,
    ServerSample? Idle,
    ServerSample? BeforeJoins,
    ServerSample? AfterJoins,
    Usage From,
    Usage Until,
    IReadOnlyList<TimelineSample> Timeline,
    IReadOnlyList<SurgeSample> SurgeSamples,
    int Slots,
    IReadOnlyDictionary<string, int> Ended,
    long OnsetsOwed);
