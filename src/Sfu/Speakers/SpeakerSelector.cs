using Sfu.Rtp;
using Sfu.Time;

namespace Sfu.Speakers;

/// <summary>Decides whose microphone has a slot and who is dominant, by the levels that the packets carry (RFC 6464).</summary>
/// <remarks>
/// With as many slots as open microphones everybody keeps one. Else an owner is never challenged while it speaks: who begins to speak
/// takes a free or silent slot, else that of somebody who is just then between two words and has had it for a while, and the longer the
/// newcomer waits the shorter a gap will do. One thread; members are small numbers that the caller gives out.
/// </remarks>
/// <param name="slots">How many are heard at the same time.</param>
/// <param name="members">How many microphones there may be.</param>
internal sealed class SpeakerSelector(int slots, int members)
{
    /// <summary>The result of <see cref="Hear"/> for a microphone that nobody hears now.</summary>
    public const int NotSelected = SpeakerActivity.None;

    /// <summary>What somebody without the extension is taken for, and said to be, while packets come: ordinary speech.</summary>
    public static readonly AudioLevel AssumedLevel = new(35, Voice: true);

    /// <summary>Who got a slot for a sound that was none of speech loses it after so much quiet.</summary>
    private static readonly TimeSpan Probation = TimeSpan.FromMilliseconds(120);

    /// <summary>The shortest gap in an owner's speech that gives the slot away, to somebody who has waited; within words there are none as long.</summary>
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(60);

    /// <summary>Who may be typing waits so many times as long.</summary>
    private const int Doubt = 4;

    private readonly SpeakerActivity[] _members = NewMembers(members);
    private readonly int[] _owners = NewOwners(slots);
    private readonly SlotRanks _ranks = new(slots);
    private readonly DominantSpeaker _dominant = new();
    private int _open;

    public SelectionPolicy Policy { get; set; } = SelectionPolicy.Default;

    /// <summary>Another one after each change of owners or of the dominant member.</summary>
    public int Version { get; private set; }

    /// <summary>The member who leads the conversation, or -1.</summary>
    public int Dominant => _dominant.Member;

    /// <summary>The member whose slot this is, or -1.</summary>
    public int OwnerOf(int slot) => _owners[slot];

    /// <summary>The slot that the member has, or <see cref="NotSelected"/>.</summary>
    public int SlotOf(int member) => _members[member].Slot;

    /// <summary>Whether the newest packet was taken for speech.</summary>
    public bool IsSpeaking(int member) => _members[member].Loudness > 0;

    /// <summary>Rank of a slot by dominance: 0 is the dominant speaker's, 1 that of the one who was dominant before, and so on.</summary>
    public int RankOf(int slot) => _ranks.Of(slot);

    /// <summary>A pinned member has a slot from its next packet on, and keeps it whether it speaks or not.</summary>
    public void Pin(int member, bool pinned) => _members[member].IsPinned = pinned;

    /// <summary>An excluded member gets no slot.</summary>
    /// <returns>The slot that is free now, or <see cref="NotSelected"/>.</returns>
    public int Exclude(int member, bool excluded)
    {
        _members[member].IsExcluded = excluded;
        return excluded ? Close(member) : NotSelected;
    }

    /// <summary>Frees a member's slot: its microphone was closed. What it has taught of its noise, and what moderators want of it, stays.</summary>
    /// <returns>The slot that is free now, or <see cref="NotSelected"/>.</returns>
    public int Release(int member) => Close(member);

    /// <summary>After <see cref="Release"/>: the number is somebody else's from now on.</summary>
    public void Forget(int member) => _members[member] = SpeakerActivity.Unheard;

    /// <summary>Takes note of a packet and says in which slot it is heard.</summary>
    /// <param name="level">Null when the packet carries none.</param>
    /// <param name="duration">Of the audio in it, in samples of 48 kHz.</param>
    /// <returns>The slot, or <see cref="NotSelected"/>.</returns>
    public int Hear(int member, AudioLevel? level, int duration, Instant now)
    {
        ref SpeakerActivity activity = ref _members[member];
        if (activity.IsExcluded)
            return NotSelected;
        if (!activity.IsOpen)
        {
            activity.IsOpen = true;
            if (++_open > _owners.Length)
                HandBackUnused();
        }

        activity.Hear(level, duration, Policy, now);
        if (activity.Slot == NotSelected)
            TryGive(member, now);
        else if (_open > _owners.Length)
            HandBackWhenSilent(ref activity, now);

        if (activity.Loudness > 0 && activity.Slot != NotSelected)
            Lead(member, now);
        return activity.Slot;
    }

    private void TryGive(int member, Instant now)
    {
        ref SpeakerActivity activity = ref _members[member];
        int slot = NotSelected;
        if (_open <= _owners.Length || activity.IsPinned || activity.MayBegin())
            slot = _owners.AsSpan().IndexOf(SpeakerActivity.None);
        if (slot == NotSelected && (activity.IsPinned || activity.MayTake()))
            slot = Silent(now);
        if (slot == NotSelected && (activity.IsPinned || activity.MayTake()))
            slot = Pausing(activity, now);
        if (slot != NotSelected)
            Give(slot, member, now);
    }

    /// <summary>The slot of whoever has been silent longest, or <see cref="NotSelected"/>.</summary>
    private int Silent(Instant now)
    {
        int silent = NotSelected;
        TimeSpan longest = TimeSpan.Zero;
        for (int slot = 0; slot < _owners.Length; slot++)
        {
            ref readonly SpeakerActivity owner = ref _members[_owners[slot]];
            TimeSpan quiet = owner.Quiet(now);
            if (!owner.IsPinned && quiet > AllowedPause(owner, Policy.Pause) && quiet > longest)
            {
                longest = quiet;
                silent = slot;
            }
        }

        return silent;
    }

    /// <summary>
    /// The slot of the least active of those who have had theirs for a while and do not speak at this moment, or, for a newcomer who has waited
    /// long enough, of the least active of all; or <see cref="NotSelected"/>.
    /// </summary>
    private int Pausing(in SpeakerActivity newcomer, Instant now)
    {
        TimeSpan waited = newcomer.Claim == Instant.Never ? TimeSpan.Zero : now - newcomer.Claim;
        TimeSpan gap = LongestGap - waited * 0.3;
        gap = gap > ShortestGap ? gap : ShortestGap;
        int pausing = NotSelected;
        int least = int.MaxValue;
        bool isPatient = !newcomer.IsPinned && waited < (newcomer.MayBeClick ? Policy.Patience * Doubt : Policy.Patience);
        for (int slot = 0; slot < _owners.Length; slot++)
        {
            ref SpeakerActivity owner = ref _members[_owners[slot]];
            bool mayLose = newcomer.IsPinned || now - owner.SlotSince >= Policy.MinimumTime;
            if (owner.IsPinned || !mayLose)
                continue;
            owner.Elapse(now);
            // Who pauses comes before who speaks.
            int activity = owner.Activity + (owner.Quiet(now) >= gap ? 0 : SpeakerActivity.MostActivity + 1);
            if (activity < least && (activity <= SpeakerActivity.MostActivity || !isPatient))
            {
                least = activity;
                pausing = slot;
            }
        }

        return pausing;
    }

    /// <summary>A slot is kept through a pause that is as long as what was said before, at least a moment and at most the policy's time.</summary>
    private static TimeSpan AllowedPause(in SpeakerActivity owner, TimeSpan most) =>
        owner.Spoken >= most ? most : owner.Spoken > Probation ? owner.Spoken : Probation;

    /// <summary>While there were slots enough, who was silent had one too.</summary>
    private void HandBackUnused()
    {
        for (int slot = 0; slot < _owners.Length; slot++)
        {
            int owner = _owners[slot];
            if (owner == SpeakerActivity.None || _members[owner].IsPinned || _members[owner].Spoken > TimeSpan.Zero)
                continue;
            _members[owner].Slot = NotSelected;
            _owners[slot] = SpeakerActivity.None;
            Version++;
        }
    }

    private void HandBackWhenSilent(ref SpeakerActivity activity, Instant now)
    {
        if (activity.IsPinned || activity.Quiet(now) <= AllowedPause(activity, Policy.HoldTime))
            return;
        _owners[activity.Slot] = SpeakerActivity.None;
        activity.Slot = NotSelected;
        Version++;
    }

    private void Lead(int member, Instant now)
    {
        if (_dominant.Member != DominantSpeaker.Nobody)
            _members[_dominant.Member].Elapse(now);
        bool becomes = _dominant.Challenge(member, _members);
        if (becomes)
            Version++;
        if (becomes || (_dominant.Member == member && _ranks.Dominant != _members[member].Slot))
            _ranks.Promote(_members[member].Slot);
    }

    private int Close(int member)
    {
        ref SpeakerActivity activity = ref _members[member];
        int slot = activity.Slot;
        if (slot != NotSelected)
            _owners[slot] = SpeakerActivity.None;
        activity.Slot = NotSelected;
        if (activity.IsOpen)
            _open--;
        activity.IsOpen = false;
        _dominant.Forget(member);
        Version++;
        return slot;
    }

    private void Give(int slot, int member, Instant now)
    {
        int owner = _owners[slot];
        if (owner != SpeakerActivity.None)
        {
            _members[owner].Slot = NotSelected;

            // Who was pausing has not had a say in it, and waits from now on.
            _members[owner].Claim = _members[owner].Quiet(now) >= ShortestGap ? now : Instant.Never;
        }

        _owners[slot] = member;
        Version++;
        ref SpeakerActivity activity = ref _members[member];
        activity.Slot = slot;
        activity.SlotSince = now;
        activity.Spoken = activity.Loudness > 0 ? activity.PacketTime : TimeSpan.Zero;
    }

    private static SpeakerActivity[] NewMembers(int count)
    {
        var members = new SpeakerActivity[count];
        Array.Fill(members, SpeakerActivity.Unheard);
        return members;
    }

    private static int[] NewOwners(int slots)
    {
        int[] owners = new int[slots];
        Array.Fill(owners, SpeakerActivity.None);
        return owners;
    }
}
