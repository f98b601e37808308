using Sfu.Diagnostics;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Tests.Slots;

public sealed class SlotTests
{
    private const long FirstIndex = 500;
    private const uint FirstTimestamp = 9_000;

    private readonly Slot _slot = new(2, FirstIndex, FirstTimestamp);
    private readonly SpeakerSource _anna = new(1);
    private readonly SpeakerSource _ben = new(2, firstIndex: 70_000, firstTimestamp: uint.MaxValue - 100);
    private Instant _now = new(1_000_000);

    [Fact]
    public void The_first_packet_starts_the_slots_sequence_and_timeline()
    {
        SlotPacketHeader header = Place(_anna, _anna.Next());

        Assert.Equal(new SlotPacketHeader(2, FirstIndex, FirstTimestamp, 1, true, new AudioLevel(30, true), _now), header);
    }

    [Fact]
    public void Within_a_stint_the_publishers_steps_are_kept()
    {
        Place(_anna, _anna.Next());
        Wait(20);
        _anna.Timestamp += 480;

        SlotPacketHeader second = Place(_anna, _anna.Next());

        Assert.Equal(FirstIndex + 1, second.Index);
        Assert.Equal(FirstTimestamp + 960 + 480, second.Timestamp);
        Assert.False(second.Marker);
    }

    [Fact]
    public void A_talkspurt_that_the_publisher_marks_stays_marked()
    {
        Place(_anna, _anna.Next());

        SlotPacketHeader second = Place(_anna, new SpeakerPacket { Ssrc = 10, Index = 1_001, Timestamp = 51_000, Marker = true, Payload = [0] });

        Assert.True(second.Marker);
    }

    [Fact]
    public void Loss_on_the_way_up_stays_visible()
    {
        Place(_anna, _anna.Next());
        _anna.Lose(3);
        Wait(80);

        SlotPacketHeader next = Place(_anna, _anna.Next());

        Assert.Equal(FirstIndex + 4, next.Index);
        Assert.Equal(FirstTimestamp + 4 * 960, next.Timestamp);
    }

    [Fact]
    public void A_reordered_packet_keeps_its_place()
    {
        Place(_anna, _anna.Next());
        SpeakerPacket late = _anna.Next();
        Assert.Equal(FirstIndex + 2, Place(_anna, _anna.Next()).Index);

        SlotPacketHeader header = Place(_anna, late);

        Assert.Equal(FirstIndex + 1, header.Index);
        Assert.Equal(FirstTimestamp + 960, header.Timestamp);
        Assert.Equal(FirstIndex + 2, _slot.Highest);
    }

    [Fact]
    public void A_duplicate_is_late()
    {
        Place(_anna, _anna.Next());
        SpeakerPacket second = _anna.Next();
        Place(_anna, second);
        Place(_anna, _anna.Next());

        AssertLate(_anna, second);
    }

    [Fact]
    public void A_late_packet_has_a_place_only_once()
    {
        Place(_anna, _anna.Next());
        SpeakerPacket late = _anna.Next();
        Place(_anna, _anna.Next());
        Place(_anna, late);

        AssertLate(_anna, late);
    }

    [Theory]
    [InlineData(63, DropReason.None)]
    [InlineData(64, DropReason.Late)]
    [InlineData(65, DropReason.Late)]
    public void What_is_too_old_to_be_told_from_a_duplicate_is_late(int behind, DropReason expected)
    {
        Place(_anna, _anna.Next());
        SpeakerPacket old = _anna.Next();
        _anna.Lose(behind - 1);
        Wait(behind * 20);
        Place(_anna, _anna.Next());

        Assert.Equal(expected, _slot.Place(1, old, default, _now, out _));
    }

    [Fact]
    public void A_packet_from_before_the_stint_is_late()
    {
        SpeakerPacket before = _anna.Next();
        Place(_anna, _anna.Next());

        AssertLate(_anna, before);
    }

    [Fact]
    public void The_next_speaker_goes_on_with_the_next_index_and_the_clocks_time()
    {
        Place(_anna, _anna.Next());
        Wait(1_234);

        SlotPacketHeader header = Place(_ben, _ben.Next());

        Assert.Equal(FirstIndex + 1, header.Index);
        Assert.Equal(FirstTimestamp + 1_234 * 48, header.Timestamp);
        Assert.Equal(2u, header.Csrc);
        Assert.True(header.Marker);
    }

    [Fact]
    public void The_next_speakers_time_is_at_least_one_packet_later()
    {
        Place(_anna, _anna.Next());
        Wait(3);

        SlotPacketHeader header = Place(_ben, _ben.Next());

        Assert.Equal(FirstTimestamp + 960, header.Timestamp);
    }

    [Fact]
    public void A_change_of_speakers_does_not_look_like_loss_though_the_last_packets_were_lost()
    {
        Place(_anna, _anna.Next());
        _anna.Lose(5);
        Wait(120);

        Assert.Equal(FirstIndex + 1, Place(_ben, _ben.Next()).Index);
    }

    [Fact]
    public void The_timeline_goes_on_over_many_speakers_and_over_its_wrap()
    {
        var slot = new Slot(0, firstTimestamp: uint.MaxValue - 5_000);
        SpeakerSource[] speakers = [_anna, _ben, new SpeakerSource(3, 5, 77)];
        uint previous = 0;
        Instant previousAt = default;
        long index = -1;
        for (int i = 0; i < 500; i++)
        {
            SpeakerSource speaker = speakers[i / 7 % 3];
            Assert.Equal(DropReason.None, slot.Place(speaker.Csrc, speaker.Next(), default, _now, out SlotPacketHeader header));
            Assert.Equal(++index, header.Index);
            if (i > 0)
                Assert.Equal((_now - previousAt).TotalMilliseconds * 48, (int)(header.Timestamp - previous));
            (previous, previousAt) = (header.Timestamp, _now);
            Wait(20);
        }
    }

    [Fact]
    public void Another_ssrc_of_the_publisher_starts_a_stint()
    {
        Place(_anna, _anna.Next());
        _anna.Ssrc++;
        Wait(100);

        SlotPacketHeader header = Place(_anna, _anna.Next());

        Assert.True(header.Marker);
        Assert.Equal(FirstTimestamp + 4_800, header.Timestamp);
        Assert.Equal(FirstIndex + 1, header.Index);
    }

    [Theory]
    [InlineData(Slot.MaxIndexJump, Slot.MaxIndexJump)]
    [InlineData(Slot.MaxIndexJump + 1, 1)]
    [InlineData(-Slot.MaxIndexJump - 1, 1)]
    [InlineData(1L << 40, 1)]
    public void An_index_that_jumps_starts_a_stint_and_makes_no_giant_gap(long jump, long step)
    {
        Place(_anna, _anna.Next());
        Wait(20);

        SlotPacketHeader header = Place(_anna, _anna.At(1_000 + jump, 50_960));

        Assert.Equal(FirstIndex + step, header.Index);
        Assert.Equal(step == 1, header.Marker);
        Assert.Equal(FirstTimestamp + 960, header.Timestamp);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(48_000 * 6)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Publishers_time_that_jumps_is_projected_from_the_clock(int jump)
    {
        Place(_anna, _anna.Next());
        Wait(30);

        SlotPacketHeader header = Place(_anna, _anna.At(_anna.Index, 50_000 + (uint)jump));

        Assert.Equal(FirstIndex + 1, header.Index);
        Assert.Equal(FirstTimestamp + 30 * 48, header.Timestamp);
    }

    [Fact]
    public void A_long_silence_that_the_publishers_clock_knows_of_is_no_jump()
    {
        Place(_anna, _anna.Next());
        Wait(60_000);
        _anna.Timestamp += 60_000 * 48 - 960;

        SlotPacketHeader header = Place(_anna, _anna.Next());

        Assert.False(header.Marker);
        Assert.Equal(FirstTimestamp + 60_000 * 48, header.Timestamp);
    }

    [Fact]
    public void A_stalled_uplink_that_bursts_keeps_the_publishers_timeline()
    {
        Place(_anna, _anna.Next());
        Wait(2_000);
        for (uint i = 1; i <= 100; i++)
            Assert.Equal(FirstTimestamp + i * 960, Place(_anna, _anna.Next()).Timestamp);
    }

    [Fact]
    public void The_sequence_closes_over_a_packet_that_is_not_forwarded()
    {
        Place(_anna, _anna.Next());
        _slot.Skip(1, _anna.Next());
        Wait(40);

        SlotPacketHeader header = Place(_anna, _anna.Next());

        Assert.Equal(FirstIndex + 1, header.Index);
        Assert.Equal(FirstTimestamp + 1_920, header.Timestamp);
        Assert.False(header.Marker);
    }

    [Fact]
    public void What_comes_late_from_a_gap_that_closed_is_late()
    {
        Place(_anna, _anna.Next());
        SpeakerPacket late = _anna.Next();
        _slot.Skip(1, _anna.Next());
        Place(_anna, _anna.Next());

        AssertLate(_anna, late);
    }

    [Fact]
    public void What_comes_late_from_a_gap_that_closed_does_not_take_a_lost_packets_place()
    {
        Place(_anna, _anna.Next());
        _anna.Lose(1);
        Place(_anna, _anna.Next());
        SpeakerPacket late = _anna.Next();
        _slot.Skip(1, _anna.Next());
        Place(_anna, _anna.Next());

        AssertLate(_anna, late);
    }

    [Fact]
    public void After_its_stint_has_ended_the_same_speaker_starts_another()
    {
        Place(_anna, _anna.Next());
        _slot.EndStint();
        _anna.Lose(50);
        Wait(1_000);

        SlotPacketHeader header = Place(_anna, _anna.Next());

        Assert.Equal(FirstIndex + 1, header.Index);
        Assert.Equal(FirstTimestamp + 48_000, header.Timestamp);
        Assert.True(header.Marker);
    }

    private SlotPacketHeader Place(SpeakerSource speaker, SpeakerPacket packet)
    {
        Assert.Equal(DropReason.None, _slot.Place(speaker.Csrc, packet, packet.Level ?? default, _now, out SlotPacketHeader header));
        return header;
    }

    private void AssertLate(SpeakerSource speaker, SpeakerPacket packet) =>
        Assert.Equal(DropReason.Late, _slot.Place(speaker.Csrc, packet, default, _now, out _));

    private void Wait(int milliseconds) => _now += TimeSpan.FromMilliseconds(milliseconds);
}
