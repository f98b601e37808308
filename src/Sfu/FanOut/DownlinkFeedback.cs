using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.Rtcp;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.Time;

namespace Sfu.FanOut;

/// <summary>What a worker's listeners tell about what they hear, and what is done about it.</summary>
/// <param name="sender">Not flushed here.</param>
/// <param name="tags">Of the worker.</param>
internal sealed class DownlinkFeedback(IDatagramSender sender, TagBatch tags, DropCounters drops, MediaCounters counters)
{
    /// <summary>A loss fraction is in 1/256 (RFC 3550 6.4.1).</summary>
    private const float FractionUnit = 256;

    private RetransmissionBudget _budget = RetransmissionBudget.OfWorker;

    /// <summary>Takes note of a report on one of a listener's streams; the listener may get the other form of packets from now on.</summary>
    /// <param name="listener">Null for a client that has no keys yet or hears nothing.</param>
    /// <param name="roundTrip">Null when the report does not tell.</param>
    public void OnReport(Listener? listener, in ReportBlock block, TimeSpan? roundTrip, Instant now)
    {
        counters.CountReport(block.FractionLost);
        if (listener is not { Audience: { } audience } || !TryGetStream(listener, block.Ssrc, out int stream))
            return;

        ref ListenerSlot view = ref listener.Slots[stream];
        int packets = (int)(block.ExtendedHighestSequence - view.ReportedSequence);
        float loss = block.FractionLost / FractionUnit + (packets > 0 ? (float)view.Repaired / packets : 0);
        view.ReportedSequence = block.ExtendedHighestSequence;
        view.Repaired = 0;
        if (block.FractionLost > 0)
            listener.Protect();
        if (listener.Protection is not { } protection)
            return;

        if (roundTrip is { } sample)
            protection.RoundTrip = sample;
        bool before = listener.OnRed;
        protection.Red.OnReport(Math.Min(loss, 1), packets, now);
        if (listener.OnRed == before)
            return;
        counters.CountRedSwitch(listener.OnRed);
        audience.CountRed(listener.OnRed ? 1 : -1);
    }

    /// <summary>Sends again what can and may be sent; each refusal is counted by its reason.</summary>
    /// <param name="listener">Null for a client that has no keys yet or hears nothing.</param>
    public void OnNack(Listener? listener, Nack nack, Instant now)
    {
        int stream = 0;
        DropReason refused = listener is { Audience: not null, Format.TakesNack: true } && TryGetStream(listener, nack.MediaSsrc, out stream)
            ? DropReason.None
            : DropReason.NackNotNegotiated;
        listener?.Protect();
        foreach (ushort sequence in nack)
        {
            counters.CountNackedPacket();
            DropReason reason = refused == DropReason.None
                ? listener!.Audience!.Retransmitter.TrySend(listener, stream, sequence, now, ref _budget, sender, tags)
                : refused;
            if (reason == DropReason.None)
                counters.CountRetransmission();
            else
                drops.Count(reason);
        }
    }

    private static bool TryGetStream(Listener listener, uint ssrc, out int stream)
    {
        long slot = (long)ssrc - MediaConstants.SlotSsrc(0);
        stream = (int)slot;
        return slot >= 0 && slot < (listener.Dominant is null ? listener.Slots.Length : 1);
    }
}
