using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Slots;
using Sfu.Speakers;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Tests.FanOut;

public sealed class StageTests
{
    private readonly RecordingSink _sink = new();
    private readonly Stage _stage;
    private readonly SpeakerSource _anna = new(1);
    private readonly SpeakerSource _ben = new(2);
    private Instant _now = new(1_000_000);

    public StageTests() => _stage = new Stage(2, _sink, maxSpeakers: 3);

    [Fact]
    public void A_speakers_packet_is_published_with_its_csrc_level_and_payload()
    {
        _stage.AddSpeaker(1);
        SpeakerPacket packet = _anna.Next();

        Assert.Equal(DropReason.None, _stage.Receive(1, packet, _now));

        (SlotPacketHeader header, byte[] payload) = Assert.Single(_sink.Packets);
        Assert.Equal(1u, header.Csrc);
        Assert.Equal(packet.Level, header.Level);
        Assert.Equal(_now, header.Arrival);
        Assert.Equal(packet.Payload.ToArray(), payload);
        Assert.Equal(1u, _stage.SpeakerIn(header.Slot));
    }

    [Fact]
    public void Packets_without_a_level_get_the_one_that_they_are_taken_for()
    {
        _stage.AddSpeaker(1);
        _anna.Level = null;

        Receive(_anna);

        Assert.Equal(SpeakerSelector.AssumedLevel, _sink.Packets[0].Header.Level);
    }

    [Fact]
    public void Who_is_not_on_the_stage_is_not_heard()
    {
        Assert.Equal(DropReason.NotOnStage, Receive(_anna));
        Assert.Equal(DropReason.NotOnStage, _stage.Receive(0, _anna.Next(), _now));

        _stage.AddSpeaker(1);
        Assert.True(_stage.RemoveSpeaker(1));
        Assert.Equal(DropReason.NotOnStage, Receive(_anna));
        Assert.Empty(_sink.Packets);
    }

    [Fact]
    public void Two_speakers_ride_in_two_slots()
    {
        _stage.AddSpeaker(1);
        _stage.AddSpeaker(2);

        Receive(_anna);
        Receive(_ben);

        Assert.Equal([0, 1], _sink.Packets.Select(p => p.Header.Slot).Order());
    }

    [Fact]
    public void A_full_stage_takes_nobody_until_somebody_leaves()
    {
        Assert.True(_stage.AddSpeaker(1) && _stage.AddSpeaker(2) && _stage.AddSpeaker(3));
        Assert.False(_stage.AddSpeaker(4));
        Assert.True(_stage.AddSpeaker(3));

        _stage.RemoveSpeaker(2);
        Assert.True(_stage.AddSpeaker(4));
        Assert.Equal(DropReason.None, _stage.Receive(4, _ben.Next(), _now));
    }

    [Fact]
    public void Strangers_can_be_neither_removed_nor_muted()
    {
        Assert.False(_stage.RemoveSpeaker(9));
        Assert.False(_stage.RemoveSpeaker(0));
        Assert.False(_stage.SetMuted(9, true));
    }

    [Fact]
    public void A_muted_speaker_is_not_heard_and_leaves_the_slot_to_others()
    {
        foreach (uint csrc in (uint[])[1, 2, 3])
            _stage.AddSpeaker(csrc);
        Receive(_anna);
        Receive(_ben);

        _stage.SetMuted(1, true);

        Assert.Equal(DropReason.Muted, Receive(_anna));
        Assert.Equal(DropReason.None, Receive(new SpeakerSource(3) { Level = 100 }));
        Assert.Equal(0, _sink.Packets[^1].Header.Slot);
    }

    [Fact]
    public void After_a_mute_there_is_a_gap_in_time_and_none_in_the_sequence()
    {
        _stage.AddSpeaker(1);
        Receive(_anna);
        _stage.SetMuted(1, true);
        for (int i = 0; i < 49; i++)
            Receive(_anna);
        _stage.SetMuted(1, false);

        Assert.Equal(DropReason.None, Receive(_anna));

        SlotPacketHeader before = _sink.Packets[0].Header;
        SlotPacketHeader after = _sink.Packets[1].Header;
        Assert.Equal(before.Index + 1, after.Index);
        Assert.Equal(before.Timestamp + 50 * 960, after.Timestamp);
        Assert.True(after.Marker);
    }

    [Fact]
    public void Somebody_who_left_and_came_back_is_not_muted()
    {
        _stage.AddSpeaker(1);
        _stage.SetMuted(1, true);
        _stage.RemoveSpeaker(1);
        _stage.AddSpeaker(1);

        Assert.Equal(DropReason.None, Receive(_anna));
    }

    [Theory]
    [InlineData(0, DropReason.NoPayload)]
    [InlineData(1, DropReason.None)]
    [InlineData(MediaConstants.MaxPayload, DropReason.None)]
    [InlineData(MediaConstants.MaxPayload + 1, DropReason.RtpPayloadTooLarge)]
    public void Payloads_that_cannot_be_forwarded_are_refused(int length, DropReason expected)
    {
        _stage.AddSpeaker(1);
        _anna.PayloadLength = length;

        Assert.Equal(expected, Receive(_anna));
        Assert.Equal(expected == DropReason.None ? 1 : 0, _sink.Packets.Count);
    }

    [Fact]
    public void Padding_only_packets_do_not_look_like_loss()
    {
        _stage.AddSpeaker(1);
        Receive(_anna);
        _anna.PayloadLength = 0;
        Receive(_anna);
        Receive(_anna);
        _anna.PayloadLength = 80;
        Receive(_anna);

        Assert.Equal(_sink.Packets[0].Header.Index + 1, _sink.Packets[1].Header.Index);
    }

    [Fact]
    public void Who_has_no_slot_is_told_so_and_duplicates_are_late()
    {
        foreach (uint csrc in (uint[])[1, 2, 3])
            _stage.AddSpeaker(csrc);
        Receive(_anna);
        Receive(_ben);

        Assert.Equal(DropReason.NotSelected, Receive(new SpeakerSource(3)));
        Assert.Equal(DropReason.Late, _stage.Receive(1, _anna.At(_anna.Index - 1, 0), _now));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(MediaConstants.MaxSlots + 1)]
    public void A_room_has_one_slot_at_least_and_not_too_many(int slots) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Stage(slots, _sink));

    private DropReason Receive(SpeakerSource speaker)
    {
        DropReason reason = _stage.Receive(speaker.Csrc, speaker.Next(), _now);
        _now += TimeSpan.FromMilliseconds(20);
        return reason;
    }
}
