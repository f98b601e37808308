using Sfu.Rtp;
using Sfu.Slots;
using Sfu.Time;

namespace Sfu.FanOut;

/// <summary>The one stream of a listener that follows the dominant speaker: the dominant slot's packets, whichever slot that is.</summary>
/// <remarks>
/// While one slot stays the dominant one, indices and times are the slot's plus an offset, so that loss on the way up stays visible. At
/// a switch the numbering goes on with the next number and the time is projected from the arrivals, as in <see cref="Slot"/>.
/// </remarks>
internal sealed class DominantStream
{
    private const int NoSlot = -1;

    private ListenerSlot _numbers = new();
    private long _highestIndex;

    // Of the packet with the highest number.
    private uint _timestamp;
    private Instant _arrival;
    private int _duration;

    /// <summary>The slot that is followed, or -1.</summary>
    public int Slot { get; private set; } = NoSlot;

    /// <summary>Added to that slot's time.</summary>
    public uint TimestampOffset { get; private set; }

    public ref readonly ListenerSlot Numbers => ref _numbers;

    /// <summary>Of the whole stream: the first slot's, which an offer of a listener with one m-line is answered with.</summary>
    public static uint Ssrc => MediaConstants.SlotSsrc(0);

    public uint Packets => _numbers.Packets;

    public uint Octets => _numbers.Octets;

    /// <summary>True while the slot is the one that is followed.</summary>
    public bool Follows(int slot) => slot == Slot;

    /// <summary>The listener is in another audience: all slots are other ones.</summary>
    public void Join() => Slot = NoSlot;

    /// <summary>Leaves out a packet of the slot.</summary>
    /// <param name="view">The listener's, of that slot.</param>
    public void Withhold(int slot, long index, ref ListenerSlot view)
    {
        if (slot == Slot)
            _numbers.Withhold(index);
        else
            view.Withhold(index);
    }

    /// <summary>Gives a packet of the dominant slot its place, which may switch the stream to that slot.</summary>
    /// <param name="slots">The listener's.</param>
    /// <param name="packet">Header and payload of the plain form.</param>
    /// <param name="segment">Its length and form are there; number and time are set when the result is true.</param>
    /// <returns>False when the packet is late.</returns>
    public bool TryPlace(int slot, in SlotEntry entry, ReadOnlySpan<byte> packet, Span<ListenerSlot> slots, ref ListenerSegment segment)
    {
        if (slot != Slot)
        {
            if (slots[slot].IsLate(entry.Index))
                return false;
            SwitchTo(slot, entry, RtpHeaderWriter.TimestampOf(packet), slots);
        }

        if (!_numbers.TryNumber(entry.Index, out segment.PacketIndex))
            return false;

        segment.TimestampOffset = TimestampOffset;
        _numbers.Packets++;
        _numbers.Octets += (uint)(segment.Length - RtpHeaderWriter.SlotHeaderLength);
        if (entry.Index > _highestIndex)
        {
            _highestIndex = entry.Index;
            _timestamp = RtpHeaderWriter.TimestampOf(packet) + TimestampOffset;
            _arrival = entry.Arrival;
            _duration = OpusDuration.Of(packet[RtpHeaderWriter.SlotHeaderLength..]);
        }

        return true;
    }

    /// <summary>The stream's RTP time at an instant; it must have had a packet.</summary>
    public uint TimestampAt(Instant instant) => _timestamp + (uint)MediaTime.SamplesBetween(_arrival, instant);

    private void SwitchTo(int slot, in SlotEntry entry, uint timestamp, Span<ListenerSlot> slots)
    {
        if (Slot != NoSlot)
            slots[Slot].Withhold(_highestIndex);
        if (Packets > 0)
            TimestampOffset = _timestamp + (uint)Math.Max(MediaTime.SamplesBetween(_arrival, entry.Arrival), _duration) - timestamp;

        Slot = slot;
        _highestIndex = entry.Index - 1;
        _numbers.Splice(entry.Index);
    }
}
