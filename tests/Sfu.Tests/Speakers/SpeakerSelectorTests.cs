using Sfu.Rtp;
using Sfu.Speakers;
using Sfu.Time;

namespace Sfu.Tests.Speakers;

public sealed class SpeakerSelectorTests
{
    private const byte Loud = 20;
    private const byte Speech = 35;
    private const byte Noise = 70;

    private readonly SpeakerSelector _selector = new(slots: 3, members: 8);
    private Instant _now = new(1_000_000);

    [Fact]
    public void With_as_many_slots_as_microphones_nobody_is_ever_cut()
    {
        var random = new Random(1);
        int[] slots = [Hear(0, Noise), Hear(1, Noise), Hear(2, Noise)];
        Assert.Equal([0, 1, 2], slots.Order());

        for (int i = 0; i < 5_000; i++)
        {
            int member = random.Next(3);
            Assert.Equal(slots[member], Hear(member, (byte)random.Next(128)));
            Wait(random.Next(60));
        }
    }

    [Fact]
    public void A_silent_microphone_takes_a_free_slot_but_nobodys()
    {
        Fill(Noise);
        Wait(10_000);

        Assert.Equal(SpeakerSelector.NotSelected, Hear(3, Noise));
    }

    [Fact]
    public void Who_begins_to_speak_takes_a_silent_slot_at_once()
    {
        Speak(2_000, (0, Speech), (1, Noise), (2, Speech));

        int taken = Hear(3, Speech);

        Assert.Equal(3, _selector.OwnerOf(taken));
        Assert.Equal(SpeakerSelector.NotSelected, _selector.SlotOf(1));
        Assert.NotEqual(SpeakerSelector.NotSelected, _selector.SlotOf(0));
    }

    [Fact]
    public void Of_several_silent_slots_the_longest_silent_one_is_taken()
    {
        Speak(1_000, (0, Speech), (1, Speech), (2, Speech));
        Speak(1_000, (0, Speech), (2, Speech));
        Speak(1_000, (0, Speech));
        Wait(2_000);

        Hear(3, Speech);

        Assert.Equal(SpeakerSelector.NotSelected, _selector.SlotOf(1));
        Assert.NotEqual(SpeakerSelector.NotSelected, _selector.SlotOf(2));
    }

    [Fact]
    public void A_short_pause_does_not_cost_the_slot()
    {
        Speak(5_000, (0, Speech), (1, Speech), (2, Speech));
        Speak(1_400, (0, Noise), (1, Speech), (2, Speech), (3, Speech));
        Assert.Equal(SpeakerSelector.NotSelected, _selector.SlotOf(3));

        Speak(200, (0, Noise), (1, Speech), (2, Speech), (3, Speech));
        Assert.NotEqual(SpeakerSelector.NotSelected, _selector.SlotOf(3));
        Assert.Equal(SpeakerSelector.NotSelected, _selector.SlotOf(0));
    }

    [Fact]
    public void Somebody_as_loud_as_the_others_waits()
    {
        Speak(4_000, (0, Speech), (1, Speech), (2, Speech));

        Speak(4_000, (0, Speech), (1, Speech), (2, Speech), (3, Speech - 3));

        Assert.Equal(SpeakerSelector.NotSelected, _selector.SlotOf(3));
    }

    [Fact]
    public void Somebody_clearly_louder_takes_the_slot_of_the_quietest()
    {
        Speak(4_000, (0, Speech), (1, Speech + 5), (2, Speech));

        Speak(500, (0, Speech), (1, Speech + 5), (2, Speech), (3, Loud));

        Assert.NotEqual(SpeakerSelector.NotSelected, _selector.SlotOf(3));
        Assert.Equal(SpeakerSelector.NotSelected, _selector.SlotOf(1));
    }

    [Fact]
    public void Nobody_loses_a_slot_to_somebody_louder_before_the_minimum_time()
    {
        Speak(1_500, (0, Speech), (1, Speech), (2, Speech), (3, Loud));
        Assert.Equal(SpeakerSelector.NotSelected, _selector.SlotOf(3));

        Speak(600, (0, Speech), (1, Speech), (2, Speech), (3, Loud));
        Assert.NotEqual(SpeakerSelector.NotSelected, _selector.SlotOf(3));
    }

    [Fact]
    public void Packets_without_a_level_count_as_speech()
    {
        Speak(2_000, (0, Speech), (1, Noise), (2, Speech));

        Assert.NotEqual(SpeakerSelector.NotSelected, _selector.Hear(3, null, _now));
    }

    [Fact]
    public void Four_without_a_level_do_not_fight_over_the_slots()
    {
        for (int i = 0; i < 500; i++)
        {
            for (int member = 0; member < 4; member++)
                _selector.Hear(member, null, _now);
            Wait(20);
        }

        Assert.Equal([0, 1, 2], Owners());
    }

    [Fact]
    public void An_owner_who_stops_sending_becomes_silent()
    {
        Speak(3_000, (0, Speech), (1, Speech), (2, Speech));
        Speak(1_600, (1, Speech), (2, Speech));

        Hear(3, Speech);

        Assert.Equal(SpeakerSelector.NotSelected, _selector.SlotOf(0));
    }

    [Fact]
    public void A_released_slot_is_free_for_anybody()
    {
        Fill(Speech);
        int freed = _selector.Release(1);

        Assert.Equal(-1, _selector.OwnerOf(freed));
        Assert.Equal(freed, Hear(4, Noise));
    }

    [Fact]
    public void Releasing_somebody_without_a_slot_frees_none() =>
        Assert.Equal(SpeakerSelector.NotSelected, _selector.Release(5));

    [Fact]
    public void The_one_who_speaks_when_the_dominant_one_is_silent_becomes_dominant()
    {
        Speak(1_000, (0, Speech));
        Speak(1_000, (0, Speech), (1, Loud));
        Assert.Equal(0, _selector.RankOf(_selector.SlotOf(0)));

        Speak(2_000, (0, Noise), (1, Speech));

        Assert.Equal(0, _selector.RankOf(_selector.SlotOf(1)));
        Assert.Equal(1, _selector.RankOf(_selector.SlotOf(0)));
    }

    [Fact]
    public void Ranks_do_not_change_while_nobody_speaks()
    {
        Speak(1_000, (0, Noise), (1, Noise), (2, Speech));
        Speak(10_000, (0, Noise), (1, Noise), (2, Noise));

        Assert.Equal(0, _selector.RankOf(_selector.SlotOf(2)));
    }

    private void Fill(byte level)
    {
        for (int member = 0; member < 3; member++)
            Hear(member, level);
    }

    private void Speak(int milliseconds, params (int Member, int Level)[] members)
    {
        for (int i = 0; i < milliseconds / 20; i++)
        {
            foreach ((int member, int level) in members)
                Hear(member, (byte)level);
            Wait(20);
        }
    }

    private int Hear(int member, byte level) => _selector.Hear(member, new AudioLevel(level, false), _now);

    private int[] Owners() => [.. Enumerable.Range(0, 3).Select(_selector.OwnerOf).Order()];

    private void Wait(int milliseconds) => _now += TimeSpan.FromMilliseconds(milliseconds);
}
