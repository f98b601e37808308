using System.Diagnostics;
using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.Srtp;

namespace Sfu.FanOut;

/// <summary>Everything that waits for one listener, sent in as few messages as possible.</summary>
/// <remarks>
/// A message is a run of datagrams of equal size, the last of which may be shorter (UDP_SEGMENT), so smaller packets are padded
/// (RFC 3550 5.1). The rule: go through the slots and take each slot's packets as long as all that is taken lies within
/// <see cref="MaxPadding"/> bytes of each other; then end the message with one that need not be padded: a much smaller packet
/// that waits at the head of a slot, else the smallest of the packets that are the last of their slot. The rest goes into the
/// next message in the same way. A slot's packets keep their order.
/// One batch serves all listeners of an audience, one after the other.
/// </remarks>
internal sealed class ListenerBatch
{
    /// <summary>
    /// Bytes by which a packet grows at most rather than to cost a message of its own. A message costs about 1.6 us of a core more
    /// than a segment; 200 bytes hold up a gigabit line for as long.
    /// </summary>
    public const int MaxPadding = 200;

    private const int None = -1;

    private readonly SlotHistory[] _histories;
    private readonly ListenerSegment[] _segments;

    /// <summary>By slot: its waiting segments are [head, end) of its part of <see cref="_segments"/>.</summary>
    private readonly int[] _heads;
    private readonly int[] _ends;

    /// <summary>Numbers of segments in the order in which the message being built carries them.</summary>
    private readonly int[] _message = new int[SendRing.MaxSegments];

    private int _waiting;

    public ListenerBatch(SlotHistory[] histories)
    {
        _histories = histories;
        _segments = new ListenerSegment[histories.Length * SlotHistory.MaxEntries];
        _heads = new int[histories.Length];
        _ends = new int[histories.Length];
    }

    /// <summary>Numbers and sends everything between the listener's cursors and the live edge.</summary>
    /// <param name="tags">Of the worker; to be completed before what is committed leaves.</param>
    /// <returns>True when the listener has heard a slot for the first time.</returns>
    public bool Send(Listener listener, IDatagramSender sender, DropCounters drops, TagBatch tags)
    {
        bool first = Gather(listener, drops);
        while (_waiting > 0)
        {
            int count = Compose(listener.Protector.RtpOverhead, out int segmentLength);
            Emit(listener, sender, count, segmentLength, tags);
            _waiting -= count;
        }

        return first;
    }

    private bool Gather(Listener listener, DropCounters drops)
    {
        bool first = false;
        bool isSilenced = listener.IsSilenced;
        Span<ListenerSlot> slots = listener.Slots;
        for (int slot = 0; slot < _histories.Length; slot++)
        {
            bool silenced = isSilenced || (listener.SlotMask >> slot & 1) == 0;
            SlotHistory history = _histories[slot];
            ref ListenerSlot view = ref slots[slot];
            int end = slot * SlotHistory.MaxEntries;
            _heads[slot] = end;
            if (view.Cursor < history.Oldest)
            {
                if (!silenced)
                    drops.Count(DropReason.ListenerBehind, history.Oldest - view.Cursor);
                view.Cursor = history.Oldest;
            }

            for (; view.Cursor < history.Next; view.Cursor++)
            {
                ref readonly SlotEntry entry = ref history[view.Cursor];
                if (silenced || entry.Csrc == listener.OwnCsrc)
                {
                    view.Withhold(entry.Index);
                    continue;
                }

                if (!view.TryNumber(entry.Index, out long packetIndex))
                {
                    drops.Count(DropReason.Late);
                    continue;
                }

                first |= view.Packets == 0;
                view.Packets++;
                view.Octets += (uint)(entry.Length - RtpHeaderWriter.SlotHeaderLength);
                _segments[end++] = new ListenerSegment
                {
                    Slot = slot,
                    Position = view.Cursor,
                    PacketIndex = packetIndex,
                    Length = entry.Length,
                };
            }

            _ends[slot] = end;
            _waiting += end - _heads[slot];
        }

        return first;
    }

    /// <summary>Takes the next message's segments off the slots' heads.</summary>
    /// <param name="segmentLength">What every segment but the last is padded to, before protection.</param>
    /// <returns>How many segments there are in <see cref="_message"/>.</returns>
    private int Compose(int overhead, out int segmentLength)
    {
        int count = 0;
        int smallest = int.MaxValue;
        int largest = 0;
        int unpadded = None;
        for (int slot = 0; slot < _heads.Length; slot++)
        {
            int taken = count;
            for (; _heads[slot] < _ends[slot]; _heads[slot]++)
            {
                int length = _segments[_heads[slot]].Length;
                int low = Math.Min(smallest, length);
                int high = Math.Max(largest, length);
                if (high - low > MaxPadding || !HasRoom(count, high + overhead))
                    break;

                smallest = low;
                largest = high;
                _message[count++] = _heads[slot];
            }

            if (count > taken && (unpadded == None || Length(count - 1) < Length(unpadded)))
                unpadded = count - 1;
        }

        segmentLength = largest;
        int last = HasRoom(count, largest + overhead) ? FindShorterHead(largest) : None;
        if (last != None)
            _message[count++] = _heads[last]++;
        else
            MoveToEnd(unpadded, count);
        return count;
    }

    private static bool HasRoom(int count, int datagramLength) =>
        count < SendRing.MaxSegments && (count + 1) * datagramLength <= SendRing.MaxMessageLength;

    private int Length(int place) => _segments[_message[place]].Length;

    /// <summary>A slot whose next packet is shorter than a segment, or <see cref="None"/>.</summary>
    private int FindShorterHead(int segmentLength)
    {
        for (int slot = 0; slot < _heads.Length; slot++)
        {
            if (_heads[slot] < _ends[slot] && _segments[_heads[slot]].Length < segmentLength)
                return slot;
        }

        return None;
    }

    private void MoveToEnd(int place, int count)
    {
        int segment = _message[place];
        _message.AsSpan(place + 1, count - place - 1).CopyTo(_message.AsSpan(place));
        _message[count - 1] = segment;
    }

    private void Emit(Listener listener, IDatagramSender sender, int count, int segmentLength, TagBatch tags)
    {
        IPacketProtector protector = listener.Protector;
        int overhead = protector.RtpOverhead;
        int total = (count - 1) * (segmentLength + overhead) + Length(count - 1) + overhead;
        Span<byte> message = sender.Reserve(total)[..total];
        int offset = 0;
        for (int i = 0; i < count; i++)
        {
            ref readonly ListenerSegment segment = ref _segments[_message[i]];
            int padding = i < count - 1 ? segmentLength - segment.Length : 0;
            SlotHistory history = _histories[segment.Slot];
            ReadOnlySpan<byte> plain = history.Read(history[segment.Position]);
            Span<byte> datagram = message[offset..];

            plain[..RtpHeaderWriter.SlotHeaderLength].CopyTo(datagram);
            RtpHeaderWriter.PatchSequenceNumber(datagram, (ushort)segment.PacketIndex);
            if (padding > 0)
                datagram[RtpOffsets.Flags] |= RtpOffsets.PaddingBit;
            offset += protector.Protect(
                datagram,
                RtpHeaderWriter.SlotHeaderLength,
                plain[RtpHeaderWriter.SlotHeaderLength..],
                padding,
                (uint)(segment.PacketIndex >> 16),
                tags);
        }

        Debug.Assert(offset == total, "A protector's overhead is the same for every packet.");
        sender.Commit(listener.Path, total, count == 1 ? total : segmentLength + overhead);
    }
}
