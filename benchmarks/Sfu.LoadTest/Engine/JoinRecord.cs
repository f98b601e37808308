namespace Sfu.LoadTest.Engine;

/// <summary>How one listener's join went. Times are CLOCK_REALTIME nanoseconds; 0 until then.</summary>
internal sealed class JoinRecord
{
    public long StartedAt { get; set; }

    public long ConnectedAt { get; set; }

    /// <summary>Null when it went well.</summary>
    public string? Failure { get; set; }
}
