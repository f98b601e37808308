using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Engine;

/// <summary>How soon an invited guest has to be heard.</summary>
/// <param name="Owed">How often somebody should have heard a guest begin.</param>
/// <param name="Measured">From accepting to the first packet at each listener.</param>
internal sealed record OnsetGoal(long Owed, Quantiles Measured)
{
    /// <summary>At the 99th percentile.</summary>
    public const double MostMilliseconds = 300;

    public bool IsComplete => Owed > 0 && Measured.Count >= Owed;

    public bool IsQuick => Measured.P99 <= MostMilliseconds;
}
