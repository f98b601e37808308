namespace Sfu.LoadTest.Reports.Charts;

/// <param name="Ceiling">What bare C pays for the same; null where it is unknown.</param>
/// <param name="Bare">It is bare C itself.</param>
internal sealed record CostBar(string Name, double Microseconds, double? Ceiling, bool Bare);
