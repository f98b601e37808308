namespace Sfu.FanOut;

/// <summary>What is kept of a listener whose line has lost something; nearly nobody has one.</summary>
/// <param name="streams">As many as the listener has slots.</param>
/// <param name="nack">The listener negotiated NACK.</param>
/// <param name="red">It negotiated RED.</param>
internal sealed class Protection(int streams, bool nack, bool red)
{
    /// <summary>Taken for the round-trip time until a report tells it.</summary>
    public static readonly TimeSpan AssumedRoundTrip = TimeSpan.FromMilliseconds(50);

    /// <summary>Decides whether packets go out as RED.</summary>
    public RedPolicy Red = new(red);

    public RetransmissionBudget Budget = RetransmissionBudget.OfListener;

    public TimeSpan RoundTrip { get; set; } = AssumedRoundTrip;

    /// <summary>Null for a listener that asks for nothing again.</summary>
    public SentPackets? Sent { get; } = nack ? new SentPackets(streams) : null;
}
