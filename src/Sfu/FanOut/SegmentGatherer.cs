using Sfu.Diagnostics;
using Sfu.Rtp;
using Sfu.Slots;

namespace Sfu.FanOut;

/// <summary>Numbers everything between a listener's cursors and the live edge, and puts it into the queues.</summary>
internal sealed class SegmentGatherer(SlotHistory[] histories, SegmentQueues queues)
{
    private const int None = -1;

    /// <param name="first">The listener has heard a stream for the first time.</param>
    /// <returns>How many segments wait now.</returns>
    public int Gather(Listener listener, DropCounters drops, out bool first) =>
        listener.Dominant is { } stream ? GatherDominant(listener, stream, drops, out first) : GatherSlots(listener, drops, out first);

    private int GatherSlots(Listener listener, DropCounters drops, out bool first)
    {
        first = false;
        int waiting = 0;
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
            Span<ListenerSegment> queue = queues.Open(slot);
            int count = 0;
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

                SlotForm form = SlotForm.Opus;
                ushort length = entry.Length;
                if (onRed && entry.RedLength > 0)
                    (form, length) = (SlotForm.Red, entry.RedLength);
                first |= view.Packets == 0;
                view.Packets++;
                view.Octets += (uint)(length - RtpHeaderWriter.SlotHeaderLength);

                // Field by field: a copy of what was put together elsewhere waits for its small stores.
                ref ListenerSegment segment = ref queue[count++];
                segment.Position = view.Cursor;
                segment.PacketIndex = packetIndex;
                segment.TimestampOffset = 0;
                segment.Length = length;
                segment.Slot = (byte)slot;
                segment.Form = form;
            }

            queues.Fill(slot, count);
            waiting += count;
        }

        return waiting;
    }

    /// <summary>All slots' packets in the order of their arrival; those of the dominant slot go into the first queue.</summary>
    private int GatherDominant(Listener listener, DominantStream stream, DropCounters drops, out bool first)
    {
        int count = 0;
        bool silenced = listener.IsSilenced || (listener.SlotMask & 1) == 0;
        bool unheard = stream.Packets == 0;
        Span<ListenerSlot> slots = listener.Slots;
        for (int slot = 0; slot < histories.Length; slot++)
        {
            CatchUp(ref slots[slot], histories[slot], counts: !silenced && stream.Follows(slot), drops);
            queues.Fill(slot, 0);
        }

        int next;
        while ((next = FindEarliest(slots, stream)) != None)
        {
            SlotHistory history = histories[next];
            ref ListenerSlot view = ref slots[next];
            ref readonly SlotEntry entry = ref history[view.Cursor];
            SlotForm form = listener.OnRed ? entry.BestForm : SlotForm.Opus;
            var segment = new ListenerSegment { Slot = (byte)next, Position = view.Cursor, Length = entry.LengthAs(form), Form = form };
            if (silenced || entry.Csrc == listener.OwnCsrc || entry.Rank > 0)
                stream.Withhold(next, entry.Index, ref view);
            else if (stream.TryPlace(next, entry, history.Read(entry), slots, ref segment))
                queues.Open(0)[count++] = segment;
            else
                drops.Count(DropReason.Late);
            view.Cursor++;
        }

        queues.Fill(0, count);
        first = unheard && stream.Packets > 0;
        return count;
    }

    /// <summary>The slot whose next packet arrived first; of several at the same time the one that is followed already.</summary>
    private int FindEarliest(ReadOnlySpan<ListenerSlot> slots, DominantStream stream)
    {
        int earliest = None;
        for (int slot = 0; slot < histories.Length; slot++)
        {
            if (slots[slot].Cursor == histories[slot].Next)
                continue;
            int order = earliest == None
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
