using Sfu.Diagnostics;
using Sfu.Rtp;
using Sfu.Slots;

namespace Sfu.FanOut;

/// <summary>Numbers everything between a listener's cursors and the live edge, and puts it into the queues.</summary>
internal sealed class SegmentGatherer(SlotHistory[] histories, SegmentQueues queues)
{
    /// <returns>True when the listener has heard a stream for the first time.</returns>
    public bool Gather(Listener listener, DropCounters drops)
    {
        for (int slot = 0; slot < histories.Length; slot++)
            queues.Begin(slot);
        return listener.Dominant is { } stream ? GatherDominant(listener, stream, drops) : GatherSlots(listener, drops);
    }

    private bool GatherSlots(Listener listener, DropCounters drops)
    {
        bool first = false;
        bool isSilenced = listener.IsSilenced;
        int limit = listener.SlotLimit;
        bool onRed = listener.OnRed;
        Span<ListenerSlot> slots = listener.Slots;
        for (int slot = 0; slot < histories.Length; slot++)
        {
            bool silenced = isSilenced || (listener.SlotMask >> slot & 1) == 0;
            SlotHistory history = histories[slot];
            ref ListenerSlot view = ref slots[slot];
            CatchUp(ref view, history, counts: !silenced, drops);
            for (; view.Cursor < history.Next; view.Cursor++)
            {
                ref readonly SlotEntry entry = ref history[view.Cursor];
                if (silenced || entry.Csrc == listener.OwnCsrc || entry.Rank >= limit)
                {
                    view.Withhold(entry.Index);
                    continue;
                }

                if (!view.TryNumber(entry.Index, out long packetIndex))
                {
                    drops.Count(DropReason.Late);
                    continue;
                }

                SlotForm form = onRed ? entry.BestForm : SlotForm.Opus;
                ushort length = entry.LengthAs(form);
                first |= view.Packets == 0;
                view.Packets++;
                view.Octets += (uint)(length - RtpHeaderWriter.SlotHeaderLength);
                queues.Add(slot, new ListenerSegment
                {
                    Slot = (byte)slot,
                    Position = view.Cursor,
                    PacketIndex = packetIndex,
                    Length = length,
                    Form = form,
                });
            }
        }

        return first;
    }

    /// <summary>All slots' packets in the order of their arrival; those of the dominant slot go into the first queue.</summary>
    private bool GatherDominant(Listener listener, DominantStream stream, DropCounters drops)
    {
        bool silenced = listener.IsSilenced || (listener.SlotMask & 1) == 0;
        bool unheard = stream.Packets == 0;
        Span<ListenerSlot> slots = listener.Slots;
        for (int slot = 0; slot < histories.Length; slot++)
            CatchUp(ref slots[slot], histories[slot], counts: !silenced && stream.Follows(slot), drops);

        int next;
        while ((next = FindEarliest(slots, stream)) != SegmentQueues.None)
        {
            SlotHistory history = histories[next];
            ref ListenerSlot view = ref slots[next];
            ref readonly SlotEntry entry = ref history[view.Cursor];
            SlotForm form = listener.OnRed ? entry.BestForm : SlotForm.Opus;
            var segment = new ListenerSegment { Slot = (byte)next, Position = view.Cursor, Length = entry.LengthAs(form), Form = form };
            if (silenced || entry.Csrc == listener.OwnCsrc || entry.Rank > 0)
                stream.Withhold(next, entry.Index, ref view);
            else if (stream.TryPlace(next, entry, history.Read(entry), slots, ref segment))
                queues.Add(0, segment);
            else
                drops.Count(DropReason.Late);
            view.Cursor++;
        }

        return unheard && stream.Packets > 0;
    }

    /// <summary>The slot whose next packet arrived first; of several at the same time the one that is followed already.</summary>
    private int FindEarliest(ReadOnlySpan<ListenerSlot> slots, DominantStream stream)
    {
        int earliest = SegmentQueues.None;
        for (int slot = 0; slot < histories.Length; slot++)
        {
            if (slots[slot].Cursor == histories[slot].Next)
                continue;
            int order = earliest == SegmentQueues.None
                ? -1
                : histories[slot][slots[slot].Cursor].Arrival.CompareTo(histories[earliest][slots[earliest].Cursor].Arrival);
            if (order < 0 || (order == 0 && stream.Follows(slot)))
                earliest = slot;
        }

        return earliest;
    }

    /// <summary>Passes over what is no longer kept.</summary>
    private static void CatchUp(ref ListenerSlot view, SlotHistory history, bool counts, DropCounters drops)
    {
        if (view.Cursor >= history.Oldest)
            return;
        if (counts)
            drops.Count(DropReason.ListenerBehind, history.Oldest - view.Cursor);
        view.Cursor = history.Oldest;
    }
}
