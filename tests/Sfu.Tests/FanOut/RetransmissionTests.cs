using Microsoft.Extensions.Time.Testing;
using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Rtcp;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.TestKit.Net;
using Sfu.TestKit.Rtp;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Tests.FanOut;

public sealed class RetransmissionTests
{
    private static readonly ListenerFormat TakesNack = new() { TakesNack = true, RedPayloadType = MediaConstants.RedPayloadType };

    private readonly Audience _audience = new(3);
    private readonly RecordingSender _sender = new();
    private readonly TagBatch _tags = new();
    private readonly DropCounters _drops = new();
    private readonly MediaCounters _counters = new();
    private readonly FakeTimeProvider _time = new();
    private readonly MediaClock _clock;
    private readonly DownlinkFeedback _feedback;
    private readonly TestListener _listener = new(1, format: TakesNack);
    private readonly long[] _index = [65_000, 70_000, 9];
    private readonly List<SentDatagram> _sent = [];

    public RetransmissionTests()
    {
        _clock = new MediaClock(_time);
        _feedback = new DownlinkFeedback(_sender, _tags, _drops, _counters);
        Join(_listener);
    }

    [Fact]
    public void A_packet_is_sent_again_as_the_same_bytes_in_a_message_of_its_own()
    {
        Publish((0, 80));
        Publish((0, 60));

        Ask(0, 256);

        Assert.Equal(_sent[0].Payload, Assert.Single(Again()).Payload);
        Assert.Equal(1, _counters.RetransmittedPackets);
    }

    [Fact]
    public void Padding_is_made_again()
    {
        Publish((0, 60), (1, 100), (2, 80));
        ProtectedPacket padded = Assert.Single(_listener.Heard, p => p.Padding > 0);

        Ask(2, padded.SequenceNumber);

        SentDatagram again = Assert.Single(Again());
        Assert.Contains(_sent, s => s.Payload.AsSpan().SequenceEqual(again.Payload));
        Assert.Equal(padded.Padding, _listener.Heard[^1].Padding);
    }

    [Fact]
    public void The_form_is_the_one_that_was_sent_also_when_the_listener_has_been_moved()
    {
        Publish((0, 50));
        Report(lostOf256: 60, highest: 900);
        Publish((0, 50));
        Publish((0, 50));
        // A line that RED makes worse is taken off it at once.
        Report(lostOf256: 250, highest: 2_000);
        Assert.False(_listener.Listener.OnRed);
        Ask(0, 258);
        Ask(0, 256);

        Assert.Equal([_sent[2].Payload, _sent[0].Payload], Again().Select(a => a.Payload));
    }

    [Fact]
    public void Several_that_are_missed_together_are_all_sent()
    {
        for (int i = 0; i < 8; i++)
            Publish((0, 40 + i));

        Ask(0, 257, following: 0b1011);

        Assert.Equal([1, 2, 3, 5], Again().Select(a => _sent.FindIndex(s => s.Payload.AsSpan().SequenceEqual(a.Payload))));
    }

    [Fact]
    public void One_stream_that_follows_the_dominant_speaker_is_sent_again_since_its_last_switch()
    {
        var follower = new TestListener(2, format: TakesNack with { FollowsDominant = true });
        _audience.Remove(_listener.Listener);
        Join(follower);
        Publish((0, 50));
        Publish((1, 60));
        Publish((1, 61));

        Ask(follower, 0, 257);
        Ask(follower, 0, 256);

        Assert.Equal(_sent[1].Payload, Assert.Single(Again()).Payload);
        Assert.Equal(1, _drops[DropReason.NackUnknownPacket]);
    }

    [Fact]
    public void Over_the_wrap_of_sequence_numbers_the_rollover_counter_is_the_packets_own()
    {
        _index[0] = 0;
        Publish((0, 50));
        _index[0] = 65_536 - ListenerSlot.FirstSequenceNumber - 1;
        Publish((0, 50));
        Publish((0, 51));
        Assert.Equal([256, 65_535, 65_536], _listener.Heard.Select(p => p.PacketIndex));

        Ask(0, 65_535);
        Ask(0, 0);

        Assert.Equal([65_535, 65_536], _listener.Heard[3..].Select(p => p.PacketIndex));
    }

    [Fact]
    public void Who_has_not_negotiated_it_gets_nothing_again()
    {
        var other = new TestListener(2);
        Join(other);
        Publish((0, 50));

        Ask(other, 0, 256);

        Refused(DropReason.NackNotNegotiated);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(257)]
    [InlineData(0)]
    [InlineData(33_000)]
    public void What_was_never_sent_is_not_sent(int sequence)
    {
        Publish((0, 50));

        Ask(0, (ushort)sequence);

        Refused(DropReason.NackUnknownPacket);
    }

    [Fact]
    public void What_was_lost_on_the_way_up_cannot_be_sent()
    {
        Publish((0, 50));
        _index[0]++;
        Publish((0, 50));

        Ask(0, 257);

        Refused(DropReason.NackUnknownPacket);
    }

    [Fact]
    public void What_was_sent_before_the_first_loss_was_told_is_not_remembered()
    {
        var late = new TestListener(2, format: TakesNack);
        _audience.Add(late.Listener);
        Publish((0, 50));

        Ask(late, 0, 256);
        Publish((0, 50));
        Ask(late, 0, 257);

        Assert.Single(Again());
        Assert.Equal(1, _drops[DropReason.NackUnknownPacket]);
    }

    [Fact]
    public void From_before_a_base_moved_nothing_is_sent_again()
    {
        Publish((0, 50));
        _listener.Listener.Paused = true;
        Publish((0, 50));
        _listener.Listener.Paused = false;

        Ask(0, 256);
        Publish((0, 50));
        Ask(0, 256);

        Assert.Empty(Again());
        Assert.Equal(2, _drops[DropReason.NackUnknownPacket]);
    }

    [Theory]
    [InlineData(149, true)]
    [InlineData(151, false)]
    public void A_packet_that_would_come_too_late_is_not_sent(int age, bool sent)
    {
        Publish((0, 50));
        _time.Advance(TimeSpan.FromMilliseconds(age));

        Ask(0, 256);

        Assert.Equal(sent ? 1 : 0, Again().Count);
        Assert.Equal(sent ? 0 : 1, _drops[DropReason.NackTooLate]);
    }

    [Theory]
    [InlineData(300, 0)]
    [InlineData(120, 1)]
    public void The_round_trip_time_is_the_listeners_own(int roundTrip, int sent)
    {
        Publish((0, 50));
        _feedback.OnReport(
            _listener.Listener, new ReportBlock(MediaConstants.SlotSsrc(0), 1, 0, 300, 0, 0, 0), TimeSpan.FromMilliseconds(roundTrip), _clock.Now);
        Publish((0, 50));
        _time.Advance(TimeSpan.FromMilliseconds(60));

        Ask(0, 257);

        Assert.Equal(sent, Again().Count);
    }

    [Fact]
    public void A_packet_is_sent_again_twice_at_most()
    {
        Publish((0, 50));

        for (int i = 0; i < 5; i++)
            Ask(0, 256);

        Assert.Equal(2, Again().Count);
        Assert.Equal(3, _drops[DropReason.NackRepeated]);
    }

    [Fact]
    public void A_listener_has_a_budget()
    {
        for (int i = 0; i < 30; i++)
            Publish((0, 50));

        for (ushort i = 0; i < 30; i++)
            Ask(0, (ushort)(256 + i));
        Assert.Equal(20, Again().Count);
        Assert.Equal(10, _drops[DropReason.NackListenerBudget]);

        _time.Advance(TimeSpan.FromMilliseconds(100));
        for (ushort i = 20; i < 30; i++)
            Ask(0, (ushort)(256 + i));
        Assert.Equal(3, Again().Count);
    }

    [Fact]
    public void A_worker_has_a_budget_whatever_its_listeners_ask_for()
    {
        TestListener[] listeners = [.. Enumerable.Range(2, 60).Select(n => new TestListener(n, format: TakesNack))];
        foreach (TestListener listener in listeners)
            Join(listener);
        for (int i = 0; i < 10; i++)
            Publish((0, 50));

        foreach (TestListener listener in listeners)
            Ask(listener, 0, 256, following: 0x1FF);

        Assert.Equal(500, Again().Count);
        Assert.Equal(100, _drops[DropReason.NackWorkerBudget]);
        Assert.Equal(600, _counters.NackedPackets);
    }

    [Fact]
    public void What_was_sent_again_counts_as_lost_though_reports_do_not_tell_it()
    {
        for (int i = 0; i < 100; i++)
        {
            Publish((0, 50));
            if (i % 20 == 0)
                Ask(0, (ushort)(256 + i));
        }

        Report(lostOf256: 0, highest: 355);

        Assert.True(_listener.Listener.OnRed);
    }

    [Fact]
    public void Who_is_paused_or_in_no_audience_gets_nothing()
    {
        Publish((0, 50));
        _listener.Listener.Paused = true;
        Ask(0, 256);
        Refused(DropReason.NackUnknownPacket);

        _listener.Listener.Paused = false;
        _audience.Remove(_listener.Listener);
        Ask(0, 256);
        Assert.Empty(Again());
    }

    [Fact]
    public void Who_takes_rtx_gets_the_packet_on_a_stream_of_its_own_with_the_original_number_before_the_payload()
    {
        TestListener rtx = JoinWithRtx(2);
        Publish((1, 80));
        ProtectedPacket original = Assert.Single(rtx.Heard);

        Ask(rtx, 1, 256);

        Assert.Single(Again());
        ProtectedPacket again = rtx.Heard[1];
        Assert.Equal((MediaConstants.RtxSsrc(1), 256L, 0), (again.Ssrc, again.PacketIndex, again.Padding));
        Assert.Equal(112, again.Header[1] & 0x7F);
        Assert.Equal([1, 0, .. original.Payload], again.Payload);
        // Marker, timestamp, CSRC and level (RFC 4588 section 4: as in the original).
        Assert.Equal(original.Header[1] & 0x80, again.Header[1] & 0x80);
        Assert.Equal(original.Header[4..8], again.Header[4..8]);
        Assert.Equal(original.Header[12..], again.Header[12..]);
    }

    [Fact]
    public void On_the_retransmission_stream_each_packet_has_a_number_of_its_own_and_never_one_twice()
    {
        TestListener rtx = JoinWithRtx(2);
        Publish((0, 50), (1, 60));
        Publish((0, 51));

        Ask(rtx, 0, 256);
        Ask(rtx, 0, 256);
        Ask(rtx, 1, 256);
        Ask(rtx, 0, 257);
        Ask(rtx, 0, 256);

        Assert.Equal(
            [(MediaConstants.RtxSsrc(0), 256), (MediaConstants.RtxSsrc(0), 257), (MediaConstants.RtxSsrc(1), 256), (MediaConstants.RtxSsrc(0), 258L)],
            rtx.Heard[3..].Select(p => (p.Ssrc, p.PacketIndex)));
        Assert.Equal(1, _drops[DropReason.NackRepeated]);
    }

    [Fact]
    public void RED_packets_have_a_payload_type_of_their_own_for_it_and_without_one_go_out_as_the_same_bytes()
    {
        TestListener both = JoinWithRtx(2);
        TestListener opusOnly = new(3, format: TakesNack with { OpusRtxPayloadType = 112 });
        Join(opusOnly);
        Publish((0, 50));
        foreach (TestListener listener in (TestListener[])[both, opusOnly])
            Report(listener, lostOf256: 60, highest: 900);
        Publish((0, 50));
        Assert.Equal(MediaConstants.RedPayloadType, both.Heard[1].Header[1] & 0x7F);

        Ask(both, 0, 257);
        Ask(opusOnly, 0, 257);

        Assert.Equal((113, MediaConstants.RtxSsrc(0)), (both.Heard[2].Header[1] & 0x7F, both.Heard[2].Ssrc));
        Assert.Equal([1, 1, .. both.Heard[1].Payload], both.Heard[2].Payload);
        Assert.Equal(opusOnly.Heard[1].Header, opusOnly.Heard[2].Header);
    }

    [Fact]
    public void What_was_sent_again_elsewhere_is_in_the_reports_as_lost_and_does_not_count_twice()
    {
        TestListener rtx = JoinWithRtx(2);
        for (int i = 0; i < 100; i++)
        {
            Publish((0, 50));
            if (i % 20 == 0)
                Ask(rtx, 0, (ushort)(256 + i));
        }

        Report(rtx, lostOf256: 0, highest: 355);

        Assert.False(rtx.Listener.OnRed);
    }

    [Fact]
    public void An_rtx_packet_of_one_that_follows_the_dominant_speaker_has_the_streams_time()
    {
        TestListener rtx = new(2, format: new ListenerFormat { TakesNack = true, OpusPayloadType = 96, OpusRtxPayloadType = 97, LevelExtensionId = 4, FollowsDominant = true });
        Join(rtx);
        Publish((0, 50));
        Publish((1, 60));

        Ask(rtx, 0, 257);

        ProtectedPacket original = rtx.Heard[1];
        ProtectedPacket again = rtx.Heard[2];
        Assert.Equal((MediaConstants.RtxSsrc(0), 97, original.Timestamp), (again.Ssrc, again.Header[1] & 0x7F, again.Timestamp));
        Assert.Equal(original.Header[12..], again.Header[12..]);
    }

    private TestListener JoinWithRtx(int number)
    {
        var listener = new TestListener(number, format: TakesNack with { OpusRtxPayloadType = 112, RedRtxPayloadType = 113 });
        Join(listener);
        return listener;
    }

    private void Refused(DropReason reason)
    {
        Assert.Empty(Again());
        Assert.Equal(1, _drops[reason]);
        Assert.Equal(0, _counters.RetransmittedPackets);
    }

    /// <summary>Its packets are remembered from the first loss on, which it tells of at once.</summary>
    private void Join(TestListener listener)
    {
        _audience.Add(listener.Listener);
        listener.Listener.Protect();
    }

    private void Ask(int slot, ushort sequence, ushort following = 0) => Ask(_listener, slot, sequence, following);

    private void Ask(TestListener listener, int slot, ushort sequence, ushort following = 0)
    {
        Assert.Equal(DropReason.None, RtcpReader.TryRead(NackBytes.Of(MediaConstants.SlotSsrc(slot), sequence, following), out RtcpReader reader));
        Assert.True(reader.MoveNext());
        Assert.Equal(DropReason.None, Nack.TryRead(reader.Current, out Nack nack));
        _feedback.OnNack(listener.Listener, nack, _clock.Now);
    }

    private void Report(byte lostOf256, uint highest) => Report(_listener, lostOf256, highest);

    private void Report(TestListener listener, byte lostOf256, uint highest) => _feedback.OnReport(
        listener.Listener, new ReportBlock(MediaConstants.SlotSsrc(0), lostOf256, 0, highest, 0, 0, 0), null, _clock.Now);

    /// <summary>The datagrams that were sent since the last publication.</summary>
    private List<SentDatagram> Again() => _sender.Take();

    /// <summary>One packet in each slot that is named, the first of which is the dominant speaker's.</summary>
    private void Publish(params (int Slot, int Length)[] packets)
    {
        byte rank = 0;
        foreach ((int slot, int length) in packets)
        {
            byte[] payload = new byte[length];
            Array.Fill(payload, (byte)_index[slot]);
            payload[0] = SpeakerSource.OneFrameOf20Ms;
            _audience.Publish(
                new SlotPacketHeader(slot, _index[slot], (uint)_index[slot] * 960, 1, false, default, _clock.Now, rank++), payload);
            _index[slot]++;
        }

        _audience.Step(int.MaxValue, _sender, _drops, _tags);
        _sent.AddRange(_sender.Take());
    }
}
