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

    /// <summary>What a newcomer said before the decision goes out too, as far back as this: the first syllable.</summary>
    public static readonly TimeSpan FirstSyllable = TimeSpan.FromMilliseconds(60);

    /// <summary>Packets of a newcomer that go out at once while it catches up: two for each one that comes, so that nobody gets a burst.</summary>
    private const int CatchUp = 2;

    private const int NoMember = -1;

    /// <summary>No speaker has this CSRC: a place that is free.</summary>
    private const uint Nobody = 0;

    private readonly ISlotSink _sink;
    private readonly Slot[] _slots;
    private readonly SpeakerSelector _selector;

    // By member number.
    private readonly uint[] _csrcs;
    private readonly bool[] _muted;
    private readonly SpeakerHistory?[] _waiting;
    private int _told;

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
        _waiting = new SpeakerHistory?[maxSpeakers];
    }

    /// <summary>Told of each change of who is heard.</summary>
    public ISpeakersObserver? Observer { get; set; }

    public SelectionPolicy Policy
    {
        set => _selector.Policy = value;
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
        _selector.Forget(member);
        _csrcs[member] = Nobody;
        TellChange();
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
        TellChange();
        return true;
    }

    /// <summary>A pinned speaker has a slot whether it speaks or not, an excluded one has none.</summary>
    /// <returns>False when there is no such speaker.</returns>
    public bool SetHearing(uint csrc, bool pinned, bool excluded)
    {
        int member = FindSpeaker(csrc);
        if (member == NoMember)
            return false;

        _selector.Pin(member, pinned);
        int slot = _selector.Exclude(member, excluded);
        if (slot != SpeakerSelector.NotSelected)
            _slots[slot].EndStint();
        TellChange();
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

        DropReason reason = Hear(csrc, member, packet, now);
        TellChange();
        return reason;
    }

    private DropReason Hear(uint csrc, int member, in SpeakerPacket packet, Instant now)
    {
        DropReason reason = CheckPayload(packet.Payload);
        int before = _selector.SlotOf(member);
        if (reason != DropReason.None)
        {
            Skip(member, before, packet);
            return reason;
        }

        int slot = _selector.Hear(member, packet.Level, OpusDuration.Of(packet.Payload), now);
        if (slot == SpeakerSelector.NotSelected)
        {
            Keep(member, packet, now);
            return DropReason.NotSelected;
        }

        if (before != slot)
            _slots[slot].EndStint();
        if (!_selector.IsSpeaking(member) && _slots[slot].TryCatchUp(csrc, packet))
            return DropReason.NotSelected;

        if (_waiting[member] is not { Count: > 0 } waiting)
            return Publish(csrc, slot, packet, now);
        if (before == SpeakerSelector.NotSelected)
            DropUnfit(waiting, slot, now);
        waiting.Add(packet, now);
        return Send(member, slot, _selector.IsSpeaking(member) ? CatchUp : SpeakerHistory.Capacity);
    }

    /// <summary>The packet may be the first of a turn.</summary>
    private void Keep(int member, in SpeakerPacket packet, Instant now)
    {
        // Once for each member that the room ever had at the same time.
        SpeakerHistory waiting = _waiting[member] ??= new SpeakerHistory();
        waiting.DropBefore(now - FirstSyllable);
        waiting.Add(packet, now);
    }

    /// <summary>No further back than a syllable, and behind what the slot has sent: where it was silent every packet keeps the time at which it was said.</summary>
    private void DropUnfit(SpeakerHistory waiting, int slot, Instant now)
    {
        waiting.DropBefore(now - FirstSyllable);
        waiting.DropBefore(_slots[slot].EarliestStart);
    }

    private DropReason Send(int member, int slot, int most)
    {
        DropReason reason = DropReason.None;
        SpeakerHistory waiting = _waiting[member]!;
        for (; most > 0 && waiting.Count > 0; most--)
        {
            reason = Publish(_csrcs[member], slot, waiting.Oldest(), waiting.OldestArrival);
            waiting.RemoveOldest();
        }

        return reason;
    }

    private DropReason Publish(uint csrc, int slot, in SpeakerPacket packet, Instant arrival)
    {
        DropReason reason = _slots[slot].Place(csrc, packet, packet.Level ?? SpeakerSelector.AssumedLevel, arrival, out SlotPacketHeader header);
        if (reason == DropReason.None)
            _sink.Publish(header with { Rank = (byte)_selector.RankOf(slot) }, packet.Payload);
        return reason;
    }

    /// <summary>A packet that is not forwarded closes the sequence over itself, behind what still waits.</summary>
    private void Skip(int member, int slot, in SpeakerPacket packet)
    {
        if (slot == SpeakerSelector.NotSelected)
        {
            _waiting[member]?.Clear();
            return;
        }

        if (_waiting[member] is not null)
            Send(member, slot, SpeakerHistory.Capacity);
        _slots[slot].Skip(_csrcs[member], packet);
    }

    private static DropReason CheckPayload(ReadOnlySpan<byte> payload) => payload.Length switch
    {
        0 => DropReason.NoPayload,
        > MediaConstants.MaxPayload => DropReason.RtpPayloadTooLarge,
        _ => DropReason.None,
    };

    private void Silence(int member)
    {
        _waiting[member]?.Clear();
        int slot = _selector.Release(member);
        if (slot != SpeakerSelector.NotSelected)
            _slots[slot].EndStint();
    }

    private void TellChange()
    {
        if (_told == _selector.Version || Observer is not { } observer)
            return;
        _told = _selector.Version;
        uint[] slots = new uint[_slots.Length];
        for (int slot = 0; slot < slots.Length; slot++)
            slots[slot] = SpeakerIn(slot);
        observer.OnSpeakers(new SpeakersHeard(slots, _selector.Dominant == NoMember ? Nobody : _csrcs[_selector.Dominant]));
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
