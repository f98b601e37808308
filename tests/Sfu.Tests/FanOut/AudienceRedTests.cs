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

public sealed class AudienceRedTests
{
    private static readonly ListenerFormat TakesRed = new() { RedPayloadType = MediaConstants.RedPayloadType };

    private readonly Audience _audience = new(3);
    private readonly RecordingSender _sender = new();
    private readonly TagBatch _tags = new();
    private readonly DropCounters _drops = new();
    private readonly MediaCounters _counters = new();
    private readonly TestListener _lossy = new(1, format: TakesRed);
    private readonly TestListener _good = new(2, format: TakesRed);
    private readonly FakeTimeProvider _time = new();
    private readonly MediaClock _clock;
    private readonly DownlinkFeedback _feedback;
    private readonly long[] _index = [500, 70_000, 9];

    public AudienceRedTests()
    {
        _clock = new MediaClock(_time);
        _feedback = new DownlinkFeedback(_sender, _tags, _drops, _counters);
        _audience.Add(_lossy.Listener);
        _audience.Add(_good.Listener);
    }

    [Fact]
    public void Who_reports_loss_gets_red_in_band_and_others_do_not()
    {
        Publish(3);
        Report(_lossy, lostOf256: 20, highest: 258 + 300);
        Report(_good, lostOf256: 0, highest: 258 + 300);
        Publish(3);

        Assert.Equal([111, 111, 111, 63, 63, 63], _lossy.Heard.Select(PayloadType));
        Assert.All(_good.Heard, p => Assert.Equal(111, PayloadType(p)));
        Assert.Equal(_good.Heard.Select(p => p.PacketIndex), _lossy.Heard.Select(p => p.PacketIndex));
        Assert.Equal(_good.Heard.Select(p => p.Timestamp), _lossy.Heard.Select(p => p.Timestamp));
        for (int i = 3; i < 6; i++)
        {
            List<(int PayloadType, int TimestampOffset, byte[] Data)> blocks = Rfc2198.Read(_lossy.Heard[i].Payload);
            Assert.Equal(_good.Heard[(i - 2)..(i + 1)].Select(p => p.Payload), blocks.Select(b => b.Data));
        }
    }

    [Fact]
    public void The_forms_are_built_while_somebody_here_is_on_red()
    {
        Assert.False(_audience.Histories[0].BuildsRed);
        Report(_lossy, 20, 600);
        Assert.True(_audience.Histories[0].BuildsRed);
        Report(_good, 20, 600);
        _audience.Remove(_good.Listener);
        Assert.True(_audience.Histories[0].BuildsRed);
        _audience.Remove(_lossy.Listener);
        Assert.False(_audience.Histories[0].BuildsRed);
        _audience.Add(_lossy.Listener);
        Assert.True(_audience.Histories[0].BuildsRed);
    }

    [Fact]
    public void Switches_and_listeners_on_red_are_counted()
    {
        Report(_lossy, 20, 600);
        Assert.Equal((1, 1), (_counters.RedListeners, _counters.RedSwitches));
        for (uint i = 1; i < 6; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            Report(_lossy, 0, 600 + i * 250);
        }

        Assert.Equal((0, 2), (_counters.RedListeners, _counters.RedSwitches));
    }

    [Fact]
    public void Who_has_not_answered_red_never_gets_any()
    {
        var firefox = new TestListener(3);
        _audience.Add(firefox.Listener);
        Report(_lossy, 20, 600);
        Report(firefox, 100, 600);
        Publish(5);

        Assert.All(firefox.Heard, p => Assert.Equal(111, PayloadType(p)));
        Assert.Equal(1, _counters.RedSwitches);
    }

    [Fact]
    public void Who_names_opus_otherwise_never_gets_any_since_the_blocks_name_it_too()
    {
        var other = new TestListener(3, format: TakesRed with { OpusPayloadType = 96 });
        _audience.Add(other.Listener);
        Report(other, 100, 600);
        Publish(3);

        Assert.All(other.Heard, p => Assert.Equal(96, PayloadType(p)));
    }

    [Fact]
    public void Red_has_the_listeners_own_payload_type()
    {
        var other = new TestListener(3, format: TakesRed with { RedPayloadType = 120 });
        _audience.Add(other.Listener);
        Report(other, 100, 600);
        Publish(3);

        Assert.Equal([111, 120, 120], other.Heard.Select(PayloadType));
    }

    [Fact]
    public void One_stream_that_follows_the_dominant_speaker_takes_red_too()
    {
        var follower = new TestListener(3, format: TakesRed with { FollowsDominant = true });
        _audience.Add(follower.Listener);
        Report(follower, 100, 600);
        Publish(3);
        Publish(2, slot: 1);

        Assert.Equal([111, 63, 63, 111, 63], follower.Heard.Select(PayloadType));
        Assert.Equal(Enumerable.Range(256, 5).Select(n => (long)n), follower.Heard.Select(p => p.PacketIndex));
    }

    [Fact]
    public void Reports_on_streams_that_are_not_ours_change_nothing()
    {
        var block = new ReportBlock(MediaConstants.SlotSsrc(5), 255, 0, 9_000, 0, 0, 0);
        _feedback.OnReport(_lossy.Listener, block, null, _clock.Now);
        _feedback.OnReport(_lossy.Listener, block with { Ssrc = 1 }, null, _clock.Now);
        _feedback.OnReport(null, block, null, _clock.Now);

        Assert.False(_lossy.Listener.OnRed);
    }

    [Fact]
    public void Octets_of_the_sender_report_are_those_of_the_form_that_was_sent()
    {
        Report(_lossy, 20, 600);
        Publish(3);

        Assert.Equal((uint)_lossy.Heard.Sum(p => p.Payload.Length), _lossy.Listener.Slots[0].Octets);
    }

    [Fact]
    public void Messages_of_both_forms_are_well_formed()
    {
        Report(_lossy, 20, 600);
        for (int i = 0; i < 200; i++)
        {
            for (int slot = 0; slot < 3; slot++)
                Append(slot, i % 7 == slot ? 2u : 1u);
            if (i % 5 == 0)
                StepAll();
        }

        StepAll();
        Assert.Equal(600, _lossy.Heard.Count);
        Assert.Contains(_lossy.Heard, p => PayloadType(p) == 63 && p.Padding > 0);
        foreach (int[] message in _sender.Take().GroupBy(d => d.Message).Select(g => g.Select(d => d.Payload.Length).ToArray()))
        {
            Assert.All(message[..^1], length => Assert.Equal(message[0], length));
            Assert.True(message[^1] <= message[0]);
        }
    }

    private void Report(TestListener listener, byte lostOf256, uint highest) => _feedback.OnReport(
        listener.Listener, new ReportBlock(MediaConstants.SlotSsrc(0), lostOf256, 0, highest, 0, 0, 0), null, _clock.Now);

    private void Publish(int packets, int slot = 0)
    {
        for (int i = 0; i < packets; i++)
        {
            Append(slot, csrc: 1);
            StepAll();
        }
    }

    private void Append(int slot, uint csrc)
    {
        long index = _index[slot]++;
        byte[] payload = new byte[40 + (int)(index * 7 % 30)];
        Array.Fill(payload, (byte)index);
        payload[0] = SpeakerSource.OneFrameOf20Ms;
        _audience.Publish(new SlotPacketHeader(slot, index, (uint)index * 960, csrc, false, default, _clock.Now), payload);
    }

    private void StepAll() => _audience.Step(int.MaxValue, _sender, _drops, _tags);

    private static int PayloadType(ProtectedPacket packet) => packet.Header[1] & 0x7F;
}
