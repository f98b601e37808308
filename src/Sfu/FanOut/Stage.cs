using Sfu.Diagnostics;
using Sfu.Slots;
using Sfu.Speakers;
using Sfu.Time;

namespace Sfu.FanOut;

/// <summary>Takes what a room's speakers send and publishes what the room hears: selection, then slots.</summary>
/// <remarks>On the room's home worker only. No allocation for a packet.</remarks>
internal sealed class Stage
{
    /// <summary>More microphones than this in one room are no conversation.</summary>
    public const int DefaultMaxSpeakers = 64;

    private const int NoMember = -1;

    /// <summary>No speaker has this CSRC: a place that is free.</summary>
    private const uint Nobody = 0;

    private readonly ISlotSink _sink;
    private readonly Slot[] _slots;
    private readonly SpeakerSelector _selector;

    // By member number.
    private readonly uint[] _csrcs;
    private readonly bool[] _muted;

    /// <param name="slots">1..<see cref="MediaConstants.MaxSlots"/>.</param>
    /// <param name="maxSpeakers">On the stage at the same time.</param>
    public Stage(int slots, ISlotSink sink, int maxSpeakers = DefaultMaxSpeakers)
        : this(NewSlots(slots), sink, maxSpeakers)
    {
    }

    /// <summary>For tests that want slots to start at certain indices.</summary>
    internal Stage(Slot[] slots, ISlotSink sink, int maxSpeakers = DefaultMaxSpeakers)
    {
        _sink = sink;
        _slots = slots;
        _selector = new SpeakerSelector(slots.Length, maxSpeakers);
        _csrcs = new uint[maxSpeakers];
        _muted = new bool[maxSpeakers];
    }

    /// <param name="csrc">What names the speaker in slot packets; not 0.</param>
    /// <returns>False when the stage is full. Being there already is no error.</returns>
    public bool AddSpeaker(uint csrc)
    {
        ArgumentOutOfRangeException.ThrowIfZero(csrc);
        if (Find(csrc) != NoMember)
            return true;

        int member = Find(Nobody);
        if (member == NoMember)
            return false;

        _csrcs[member] = csrc;
        _muted[member] = false;
        return true;
    }

    /// <returns>False when there is no such speaker.</returns>
    public bool RemoveSpeaker(uint csrc)
    {
        int member = FindSpeaker(csrc);
        if (member == NoMember)
            return false;

        Silence(member);
        _csrcs[member] = Nobody;
        return true;
    }

    /// <summary>A muted speaker's packets are dropped, and the slot is somebody else's to take.</summary>
    /// <returns>False when there is no such speaker.</returns>
    public bool SetMuted(uint csrc, bool muted)
    {
        int member = FindSpeaker(csrc);
        if (member == NoMember)
            return false;

        _muted[member] = muted;
        if (muted)
            Silence(member);
        return true;
    }

    /// <summary>The CSRC of whoever has the slot, or 0.</summary>
    public uint SpeakerIn(int slot)
    {
        int owner = _selector.OwnerOf(slot);
        return owner == NoMember ? Nobody : _csrcs[owner];
    }

    /// <summary>Publishes a packet to the sink, or says why not.</summary>
    public DropReason Receive(uint csrc, in SpeakerPacket packet, Instant now)
    {
        int member = FindSpeaker(csrc);
        if (member == NoMember)
            return DropReason.NotOnStage;
        if (_muted[member])
            return DropReason.Muted;

        DropReason reason = CheckPayload(packet.Payload);
        if (reason != DropReason.None)
        {
            int own = _selector.SlotOf(member);
            if (own != SpeakerSelector.NotSelected)
                _slots[own].Skip(csrc, packet);
            return reason;
        }

        int slot = _selector.Hear(member, packet.Level, now);
        if (slot == SpeakerSelector.NotSelected)
            return DropReason.NotSelected;

        reason = _slots[slot].Place(csrc, packet, packet.Level ?? SpeakerSelector.AssumedLevel, now, out SlotPacketHeader header);
        if (reason == DropReason.None)
            _sink.Publish(header with { Rank = (byte)_selector.RankOf(slot) }, packet.Payload);
        return reason;
    }

    private static DropReason CheckPayload(ReadOnlySpan<byte> payload) => payload.Length switch
    {
        0 => DropReason.NoPayload,
        > MediaConstants.MaxPayload => DropReason.RtpPayloadTooLarge,
        _ => DropReason.None,
    };

    private void Silence(int member)
    {
        int slot = _selector.Release(member);
        if (slot != SpeakerSelector.NotSelected)
            _slots[slot].EndStint();
    }

    private int FindSpeaker(uint csrc) => csrc == Nobody ? NoMember : Find(csrc);

    private int Find(uint csrc) => _csrcs.AsSpan().IndexOf(csrc);

    private static Slot[] NewSlots(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MediaConstants.MaxSlots);
        var slots = new Slot[count];
        for (int i = 0; i < count; i++)
            slots[i] = new Slot(i);
        return slots;
    }
}
