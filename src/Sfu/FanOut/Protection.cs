using Sfu.Slots;

namespace Sfu.FanOut;

/// <summary>What is kept of a listener whose line has lost something; nearly nobody has one.</summary>
/// <param name="streams">As many as the listener has slots.</param>
/// <param name="format">What the listener negotiated.</param>
internal sealed class Protection(int streams, ListenerFormat format)
{
    private readonly long[] _highestRtx = format.OpusRtxPayloadType is null && format.RedRtxPayloadType is null
        ? []
        : [.. Enumerable.Repeat((long)ListenerSlot.FirstSequenceNumber - 1, streams)];

    /// <summary>Taken for the round-trip time until a report tells it.</summary>
    public static readonly TimeSpan AssumedRoundTrip = TimeSpan.FromMilliseconds(50);

    /// <summary>Decides whether packets go out as RED.</summary>
    public RedPolicy Red = new(format.TakesRed);

    public RetransmissionBudget Budget = RetransmissionBudget.OfListener;

    public TimeSpan RoundTrip { get; set; } = AssumedRoundTrip;

    /// <summary>Null for a listener that asks for nothing again.</summary>
    public SentPackets? Sent { get; } = format.TakesNack ? new SentPackets(streams) : null;

    /// <summary>The next number on the stream's retransmission stream: each packet there, though it repeats another, is one of its own.</summary>
    public long NextRtxIndex(int stream) => ++_highestRtx[stream];
}
