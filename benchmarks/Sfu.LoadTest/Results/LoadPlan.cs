namespace Sfu.LoadTest.Results;

/// <summary>What was asked for.</summary>
/// <param name="Server">Address of the signalling.</param>
/// <param name="Product">"sfu", or the name of another server that was loaded for comparison.</param>
/// <param name="Listeners">In all rooms together.</param>
/// <param name="Speakers">In each room.</param>
/// <param name="JoinsPerSecond">0: as fast as they go.</param>
/// <param name="Speech">"all" at once, "turns" that overlap, "surge", or "invited".</param>
/// <param name="SrtpProfile">That the tool's clients offer; "any" is all of them.</param>
/// <param name="InjectedLoss">Share of received packets that the tool throws away unseen, to prove that it would notice.</param>
public sealed record LoadPlan(
    string Server,
    string Product,
    int Rooms,
    int Listeners,
    int Speakers,
    double JoinsPerSecond,
    double Seconds,
    string Speech,
    double MeanPayloadBytes,
    string SrtpProfile,
    double InjectedLoss);
