namespace Sfu.LoadTest.Engine;

/// <summary>What a run does now, and since when.</summary>
/// <param name="ExpectedSeconds">0 when nobody knows.</param>
internal sealed record RunPhase(string Name, long Since, double ExpectedSeconds)
{
    public const string Joining = "joining";
    public const string Measuring = "measuring";
    public const string Draining = "draining";

    public TimeSpan Elapsed => Since == 0 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(Since);

    public TimeSpan Remaining => TimeSpan.FromSeconds(Math.Max(0, ExpectedSeconds - Elapsed.TotalSeconds));
}
