using Sfu.Rtp;
using Sfu.Time;

namespace Sfu.Speakers;

/// <summary>Decides whose microphone has a slot, by the levels that the packets carry (RFC 6464).</summary>
/// <remarks>
/// With as many slots as microphones everybody keeps one. Else a slot is kept while its owner speaks and through short pauses;
/// who begins to speak takes a free slot, else the one that has been silent longest, else that of somebody clearly quieter who
/// has had it for a while. One thread; members are small numbers that the caller gives out.
/// </remarks>
/// <param name="slots">How many are heard at the same time.</param>
/// <param name="members">How many microphones there may be.</param>
internal sealed class SpeakerSelector(int slots, int members)
{
    /// <summary>The result of <see cref="Hear"/> for a microphone that nobody hears now.</summary>
    public const int NotSelected = SpeakerActivity.None;

    /// <summary>What somebody without the extension is taken for, and said to be, while packets come: ordinary speech.</summary>
    public static readonly AudioLevel AssumedLevel = new(35, Voice: true);

    /// <summary>A pause up to this long does not make a speaker silent: breath, thought, the other's short answer.</summary>
    public static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(1_500);

    /// <summary>Nobody loses a slot to somebody louder earlier than this.</summary>
    public static readonly TimeSpan MinimumTime = TimeSpan.FromSeconds(2);

    /// <summary>dB between a newcomer and the owner who gives way; loudness alone wanders by less from word to word.</summary>
    public const float ClearlyLouder = 6;

    /// <summary>A packet of this level (-dBov) or a smaller one is speech; a quiet room's noise is 60 and more.</summary>
    public const byte SpeechLevel = 50;

    private const byte SilenceLevel = 127;

    // Loudness follows the level of speech by these shares: up within a syllable or two, down over about half a second of 20 ms packets.
    private const float AttackShare = 0.25f;
    private const float ReleaseShare = 0.04f;

    private readonly SpeakerActivity[] _members = NewMembers(members);
    private readonly int[] _owners = NewOwners(slots);
    private readonly SlotRanks _ranks = new(slots);

    /// <summary>The member whose slot this is, or -1.</summary>
    public int OwnerOf(int slot) => _owners[slot];

    /// <summary>The slot that the member has, or <see cref="NotSelected"/>.</summary>
    public int SlotOf(int member) => _members[member].Slot;

    /// <summary>Rank of a slot by dominance: 0 is the dominant speaker's, 1 that of the one who was dominant before, and so on.</summary>
    public int RankOf(int slot) => _ranks.Of(slot);

    /// <summary>Forgets a member and frees its slot: it left, or its microphone was closed.</summary>
    /// <returns>The slot that is free now, or <see cref="NotSelected"/>.</returns>
    public int Release(int member)
    {
        int slot = _members[member].Slot;
        if (slot != NotSelected)
            _owners[slot] = SpeakerActivity.None;
        _members[member] = SpeakerActivity.Unheard;
        return slot;
    }

    /// <summary>Takes note of a packet and says in which slot it is heard.</summary>
    /// <param name="level">Null when the packet carries none.</param>
    /// <returns>The slot, or <see cref="NotSelected"/>.</returns>
    public int Hear(int member, AudioLevel? level, Instant now)
    {
        ref SpeakerActivity activity = ref _members[member];
        byte current = (level ?? AssumedLevel).Level;
        bool speaks = current <= SpeechLevel;
        if (speaks)
            Follow(ref activity, SilenceLevel - current, now);

        if (activity.Slot == NotSelected)
        {
            int slot = FreeSlot();
            if (slot == NotSelected && speaks)
                slot = Yielding(activity.Loudness, now);
            if (slot != NotSelected)
                Give(slot, member, now);
        }

        if (speaks && activity.Slot != NotSelected && !IsSpeaking(_owners[_ranks.Dominant], now))
            _ranks.Promote(activity.Slot);
        return activity.Slot;
    }

    /// <summary>Silence within a pause is not followed: it says nothing about how loud somebody speaks.</summary>
    private static void Follow(ref SpeakerActivity activity, int loudness, Instant now)
    {
        if (now - activity.LastSpeech > ShortPause)
            activity.Loudness = 0;
        activity.LastSpeech = now;
        float share = loudness > activity.Loudness ? AttackShare : ReleaseShare;
        activity.Loudness += (loudness - activity.Loudness) * share;
    }

    private bool IsSpeaking(int owner, Instant now) => owner != SpeakerActivity.None && now - _members[owner].LastSpeech <= ShortPause;

    private int FreeSlot() => _owners.AsSpan().IndexOf(SpeakerActivity.None);

    /// <summary>The slot that somebody who speaks may take from its owner, or <see cref="NotSelected"/>.</summary>
    private int Yielding(float loudness, Instant now)
    {
        int silent = NotSelected;
        int quiet = NotSelected;
        Instant longestSilent = now - ShortPause;
        float quietest = loudness - ClearlyLouder;
        for (int slot = 0; slot < _owners.Length; slot++)
        {
            ref readonly SpeakerActivity owner = ref _members[_owners[slot]];
            if (owner.LastSpeech < longestSilent)
            {
                longestSilent = owner.LastSpeech;
                silent = slot;
            }

            if (owner.Loudness <= quietest && now - owner.SlotSince >= MinimumTime)
            {
                quietest = owner.Loudness;
                quiet = slot;
            }
        }

        return silent != NotSelected ? silent : quiet;
    }

    private void Give(int slot, int member, Instant now)
    {
        int owner = _owners[slot];
        if (owner != SpeakerActivity.None)
            _members[owner].Slot = NotSelected;
        _owners[slot] = member;
        _members[member].Slot = slot;
        _members[member].SlotSince = now;
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
