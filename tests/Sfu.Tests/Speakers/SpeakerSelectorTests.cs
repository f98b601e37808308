using Sfu.Rtp;
using Sfu.Speakers;
using Sfu.Time;

namespace Sfu.Tests.Speakers;

public sealed class SpeakerSelectorTests
{
    private const byte Quiet = 75;
    private const int Packet = 960;

    /// <summary>Levels of 20 ms packets as words have them: no two alike for long, and gaps between.</summary>
    private static readonly byte[] Words = [44, 32, 24, 22, 25, 30, 26, 21, 27, 36, 31, 24, 23, 29, 48, 70];

    private readonly SpeakerSelector _selector = new(slots: 3, members: 8);
    private Instant _now = new(1_000_000);
    private int _round;
    private int _open;

    [Fact]
    public void With_as_many_slots_as_microphones_nobody_is_ever_cut()
    {
        var random = new Random(1);
        int[] slots = [Hear(0, Quiet), Hear(1, Quiet), Hear(2, Quiet)];
        Assert.Equal([0, 1, 2], slots.Order());

        for (int i = 0; i < 5_000; i++)
        {
            int member = random.Next(3);
            Assert.Equal(slots[member], Hear(member, (byte)random.Next(128)));
            Wait(random.Next(60));
        }
    }

    [Fact]
    public void A_silent_microphone_takes_no_slot_when_there_are_more_microphones_than_slots()
    {
        Open(5);
        Go(2_000, []);

        Go(2_000, [0]);
        Assert.Equal([0], Owners());
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(3, 20)]
    [InlineData(4, 40)]
    public void Who_begins_to_speak_has_a_free_slot_within_60_ms(int member, int milliseconds)
    {
        Open(5);
        Go(3_000, []);

        Instant began = _now;
        while (_selector.SlotOf(member) == SpeakerSelector.NotSelected)
        {
            Hear(member, Words[_round++ % Words.Length], milliseconds * 48);
            Wait(milliseconds);
        }

        Assert.InRange(_now - began, TimeSpan.Zero, TimeSpan.FromMilliseconds(60 + milliseconds));
    }

    [Fact]
    public void A_pause_between_words_does_not_cost_the_slot()
    {
        Open(5);
        Go(3_000, [0, 1, 2]);
        int slot = _selector.SlotOf(0);

        Go(300, [1, 2]);
        Assert.Equal(slot, _selector.SlotOf(0));
        Go(300, [0, 1, 2]);

        Assert.Equal(slot, _selector.SlotOf(0));
    }

    [Fact]
    public void Who_is_silent_gives_way_to_who_begins_before_anybody_else_does()
    {
        Open(5);
        Go(3_000, [0, 1, 2]);
        Go(600, [1, 2]);

        Go(80, [1, 2, 3]);

        Assert.Equal([1, 2, 3], Owners());
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(0, 2, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    public void Of_several_who_are_silent_the_longest_silent_one_gives_way(int longest, int shorter, int speaks)
    {
        Open(5);
        Go(3_000, [0, 1, 2]);
        Go(150, [shorter, speaks]);
        Go(500, [speaks]);

        Go(80, [speaks, 3]);

        Assert.DoesNotContain(longest, Owners());
        Assert.Contains(shorter, Owners());
        Assert.Contains(3, Owners());
    }

    [Fact]
    public void An_owner_who_speaks_without_a_gap_is_not_challenged_by_somebody_louder()
    {
        _selector.Policy = new SelectionPolicy { Patience = TimeSpan.FromSeconds(60) };
        Open(5);
        Go(3_000, [0, 1, 2]);

        for (int i = 0; i < 1_000; i++)
        {
            foreach (int owner in (int[])[0, 1, 2])
                Hear(owner, (byte)(20 + (i + owner) % 12));
            Hear(3, (byte)(5 + i % 12));
            Wait(20);
        }

        Assert.Equal([0, 1, 2], Owners());
    }

    [Fact]
    public void A_newcomer_is_heard_within_400_ms_though_all_slots_are_taken()
    {
        Open(5);
        Go(3_000, [0, 1, 2]);

        Go(400, [0, 1, 2, 3]);

        Assert.NotEqual(SpeakerSelector.NotSelected, _selector.SlotOf(3));
    }

    [Fact]
    public void Who_lost_a_slot_in_a_pause_waits_for_one_like_a_newcomer()
    {
        Open(5);
        Gapless(3_000, [0, 1, 2]);
        Gapless(100, [0, 1]);
        Gapless(60, [0, 1, 3]);
        Assert.Equal([0, 1, 3], Owners());

        Gapless(200, [0, 1, 2, 3]);

        Assert.Contains(2, Owners());
    }

    [Theory]
    [InlineData(false, 260)]
    [InlineData(true, 500)]
    public void Who_was_heard_typing_waits_longer_for_the_slot_of_somebody_who_speaks(bool types, int milliseconds)
    {
        _selector.Policy = new SelectionPolicy { Patience = TimeSpan.FromMilliseconds(100) };
        Open(5);
        for (int i = 0; i < 400; i++)
            Round([], (3, types && i % 9 == 0 ? 15 : Quiet + i % 3));
        Gapless(1_000, [0, 1, 2]);

        Instant began = _now;
        while (_selector.SlotOf(3) == SpeakerSelector.NotSelected && _now - began < TimeSpan.FromSeconds(2))
            Gapless(20, [0, 1, 2, 3]);

        Assert.InRange((_now - began).TotalMilliseconds, milliseconds - 160, milliseconds);
    }

    [Fact]
    public void Nobody_loses_a_slot_before_its_minimum_time()
    {
        _selector.Policy = new SelectionPolicy { MinimumTime = TimeSpan.FromSeconds(2) };
        Open(5);
        Go(400, [0, 1, 2]);

        Go(1_500, [0, 1, 2, 3]);
        Assert.Equal([0, 1, 2], Owners());

        Go(1_000, [0, 1, 2, 3]);
        Assert.NotEqual(SpeakerSelector.NotSelected, _selector.SlotOf(3));
    }

    [Fact]
    public void More_speakers_than_slots_do_not_chop_each_other_up()
    {
        Open(5);
        int changes = 0;
        int[] before = Owners();
        for (int i = 0; i < 500; i++)
        {
            Round([0, 1, 2, 3, 4]);
            int[] owners = Owners();
            changes += owners.SequenceEqual(before) ? 0 : 1;
            before = owners;
        }

        Assert.InRange(changes, 1, 15);
    }

    [Fact]
    public void A_slot_is_handed_back_when_its_owner_has_been_silent_for_the_hold_time()
    {
        Open(5);
        Go(3_000, [0]);
        Go(600, []);
        Assert.NotEqual(SpeakerSelector.NotSelected, _selector.SlotOf(0));

        Go(500, []);

        Assert.Equal(SpeakerSelector.NotSelected, _selector.SlotOf(0));
    }

    [Fact]
    public void A_fan_is_learnt_and_holds_no_slot()
    {
        Open(4);
        for (int i = 0; i < 500; i++)
            Round([0], (3, 33 + i * 7 % 3));

        Assert.Equal([0], Owners());
    }

    [Fact]
    public void A_keyboard_is_learnt_and_holds_no_slot()
    {
        Open(4);
        int held = 0;
        for (int i = 0; i < 1_000; i++)
        {
            Round([0], (3, (i % 7) switch { 0 => 32, 1 => 40, 4 => 47, _ => Quiet + i % 3 }));
            held += i >= 250 && _selector.SlotOf(3) != SpeakerSelector.NotSelected ? 1 : 0;
        }

        Assert.Equal(0, held);
    }

    [Fact]
    public void In_music_what_is_steady_is_no_noise()
    {
        _selector.Policy = new SelectionPolicy { LearnsNoise = false };
        Open(4);

        for (int i = 0; i < 500; i++)
            Round([], (3, 33 + i * 7 % 3));

        Assert.Equal([3], Owners());
    }

    [Fact]
    public void Who_speaks_beside_a_fan_is_heard()
    {
        Open(4);
        for (int i = 0; i < 250; i++)
            Round([], (3, 50 + i * 7 % 3));

        Go(80, [3]);

        Assert.Equal([3], Owners());
    }

    [Fact]
    public void Packets_without_a_level_and_levels_that_never_change_count_as_speech()
    {
        Open(3);
        for (int i = 0; i < 500; i++)
        {
            _selector.Hear(3, null, Packet, _now);
            Hear(4, 35);
            Wait(20);
        }

        Assert.Equal([3, 4], Owners().Intersect([3, 4]));
    }

    [Fact]
    public void A_voice_bit_that_is_sometimes_clear_is_believed()
    {
        Open(4);
        for (int i = 0; i < 200; i++)
        {
            _selector.Hear(3, new AudioLevel(Words[i % 12], i == 0), Packet, _now);
            Wait(20);
        }

        Assert.Equal(SpeakerSelector.NotSelected, _selector.SlotOf(3));
    }

    [Fact]
    public void A_released_slot_is_free_for_anybody()
    {
        Go(200, [0, 1, 2]);
        int freed = _selector.Release(1);

        Assert.Equal(-1, _selector.OwnerOf(freed));
        Assert.Equal(freed, Hear(4, Quiet));
    }

    [Fact]
    public void Releasing_somebody_without_a_slot_frees_none() =>
        Assert.Equal(SpeakerSelector.NotSelected, _selector.Release(5));

    [Fact]
    public void A_pinned_member_has_a_slot_at_once_and_keeps_it_in_silence()
    {
        Open(5);
        Go(3_000, [0, 1, 2]);

        _selector.Pin(4, true);
        Go(20, [0, 1, 2]);
        int slot = _selector.SlotOf(4);
        Assert.NotEqual(SpeakerSelector.NotSelected, slot);

        Go(5_000, [0, 1, 2, 3]);
        Assert.Equal(slot, _selector.SlotOf(4));
    }

    [Fact]
    public void An_excluded_member_is_not_heard_until_it_is_included_again()
    {
        Open(2);
        Go(200, [0]);
        _selector.Exclude(0, true);
        Go(500, [0]);
        Assert.Equal(SpeakerSelector.NotSelected, _selector.SlotOf(0));

        _selector.Exclude(0, false);
        Go(20, [0]);

        Assert.NotEqual(SpeakerSelector.NotSelected, _selector.SlotOf(0));
    }

    [Fact]
    public void The_one_who_goes_on_when_the_dominant_one_has_stopped_becomes_dominant()
    {
        Open(5);
        Go(2_000, [0]);
        Assert.Equal(0, _selector.Dominant);
        Go(300, [0, 1]);
        Assert.Equal(0, _selector.Dominant);

        Go(1_500, [1]);

        Assert.Equal(1, _selector.Dominant);
        Assert.Equal(0, _selector.RankOf(_selector.SlotOf(1)));
    }

    [Fact]
    public void A_short_answer_does_not_make_dominant()
    {
        Open(5);
        Go(3_000, [0]);

        Go(240, [0, 1]);
        Go(1_000, [0]);

        Assert.Equal(0, _selector.Dominant);
    }

    [Fact]
    public void Ranks_do_not_change_while_nobody_speaks()
    {
        Open(5);
        Go(2_000, [0]);
        Go(2_000, [1]);
        int[] ranks = Ranks();

        Go(10_000, []);

        Assert.Equal(ranks, Ranks());
        Assert.Equal(1, _selector.Dominant);
    }

    /// <summary>So many microphones are open and quiet; the room learns that there are more than slots.</summary>
    private void Open(int count)
    {
        for (int member = 0; member < count; member++)
            Hear(member, Quiet);
        _open = count;
        Wait(20);
    }

    private void Go(int milliseconds, int[] speakers)
    {
        for (int i = 0; i < milliseconds / 20; i++)
            Round(speakers);
    }

    /// <summary>Speakers who pause for no breath.</summary>
    private void Gapless(int milliseconds, int[] speakers)
    {
        for (int i = 0; i < milliseconds / 20; i++, _round++)
        {
            for (int member = 0; member < 5; member++)
                Hear(member, speakers.Contains(member) ? (byte)(20 + (_round + member) % 16) : Quiet);
            Wait(20);
        }
    }

    /// <summary>20 ms: each speaker is somewhere else in its words, the others are quiet but for those whose level is given.</summary>
    private void Round(int[] speakers, params (int Member, int Level)[] others)
    {
        _round++;
        for (int member = 0; member < Math.Max(_open, 5); member++)
        {
            int given = Array.FindIndex(others, o => o.Member == member);
            if (given >= 0)
                Hear(member, (byte)others[given].Level);
            else if (speakers.Contains(member))
                Hear(member, Words[(_round + member * 5) % Words.Length]);
            else if (member < _open)
                Hear(member, (byte)(Quiet + (_round + member) % 3));
        }

        Wait(20);
    }

    private int Hear(int member, byte level, int duration = Packet) => _selector.Hear(member, new AudioLevel(level, true), duration, _now);

    private int[] Owners() => [.. Enumerable.Range(0, 3).Select(_selector.OwnerOf).Where(owner => owner >= 0).Order()];

    private int[] Ranks() => [.. Enumerable.Range(0, 3).Select(_selector.RankOf)];

    private void Wait(int milliseconds) => _now += TimeSpan.FromMilliseconds(milliseconds);
}
