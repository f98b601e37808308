using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.TestKit.Net;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Tests.FanOut;

public sealed class SlotLimitTests
{
    private readonly Audience _audience = new(3);
    private readonly RecordingSender _sender = new();
    private readonly TagBatch _tags = new();
    private readonly DropCounters _drops = new();
    private readonly TestListener _listener = new(1);
    private long _index = 100;

    public SlotLimitTests() => _audience.Add(_listener.Listener);

    [Theory]
    [InlineData(3, 3)]
    [InlineData(2, 2)]
    [InlineData(1, 1)]
    public void Slots_beyond_the_limit_are_withheld(int limit, int heard)
    {
        _listener.Listener.SlotLimit = limit;

        Publish((0, 2), (1, 0), (2, 1));

        uint[] byRank = [MediaConstants.SlotSsrc(1), MediaConstants.SlotSsrc(2), MediaConstants.SlotSsrc(0)];
        Assert.Equal(byRank[..heard].Order(), _listener.Heard.Select(p => p.Ssrc).Order());
    }

    [Fact]
    public void The_dominant_speaker_alone_is_one_packet_at_a_time_and_gaps_are_no_loss()
    {
        _listener.Listener.SlotLimit = 1;
        for (int i = 0; i < 300; i++)
        {
            int dominant = i / 50 % 3;
            Publish((0, (byte)((dominant + 3) % 3)), (1, (byte)((dominant + 2) % 3)), (2, (byte)((dominant + 1) % 3)));
        }

        Assert.Equal(300, _listener.Heard.Count);
        foreach (IGrouping<uint, ProtectedPacket> stream in _listener.Heard.GroupBy(p => p.Ssrc))
            Assert.Equal(Enumerable.Range(ListenerSlot.FirstSequenceNumber, 100).Select(n => (long)n), stream.Select(p => p.PacketIndex));
    }

    [Fact]
    public void The_limit_can_be_raised_and_lowered_in_the_middle_of_a_word()
    {
        Publish((0, 0), (1, 1));
        _listener.Listener.SlotLimit = 1;
        Publish((0, 0), (1, 1));
        _listener.Listener.SlotLimit = 3;
        Publish((0, 0), (1, 1));

        Assert.Equal([256, 257, 258], Numbers(0));
        Assert.Equal([256, 257], Numbers(1));
    }

    [Fact]
    public void A_stage_says_which_slot_is_the_dominant_speakers()
    {
        var sink = new RecordingSink();
        var stage = new Stage(2, sink);
        SpeakerSource[] speakers = [new(1), new(2)];
        var now = new Instant(1_000_000);
        foreach (SpeakerSource speaker in speakers)
            stage.AddSpeaker(speaker.Csrc);
        for (int i = 0; i < 400; i++)
        {
            // One after the other, long enough for any rule of dominance.
            speakers[0].Level = (byte)(i < 200 ? 20 : 100);
            speakers[1].Level = (byte)(i < 200 ? 100 : 20);
            foreach (SpeakerSource speaker in speakers)
                Assert.Equal(DropReason.None, stage.Receive(speaker.Csrc, speaker.Next(), now));
            now += TimeSpan.FromMilliseconds(20);
        }

        Assert.Equal(1u, Dominant(198));
        Assert.Equal(2u, Dominant(399));

        uint Dominant(int round) => Assert.Single(sink.Packets[(2 * round)..(2 * round + 2)], p => p.Header.Rank == 0).Header.Csrc;
    }

    private long[] Numbers(int slot) => [.. _listener.Heard.Where(p => p.Ssrc == MediaConstants.SlotSsrc(slot)).Select(p => p.PacketIndex)];

    private void Publish(params (int Slot, byte Rank)[] packets)
    {
        foreach ((int slot, byte rank) in packets)
            _audience.Publish(new SlotPacketHeader(slot, _index, 0, 1, false, default, default, rank), new byte[40]);
        _index++;
        _audience.Step(int.MaxValue, _sender, _drops, _tags);
    }
}
