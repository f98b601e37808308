using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.TestKit.Net;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Tests.FanOut;

public sealed class AudienceTests
{
    private readonly Audience _audience = new(3);
    private readonly RecordingSender _sender = new();
    private readonly TagBatch _tags = new();
    private readonly DropCounters _drops = new();
    private long _index = 40_000;

    [Fact]
    public void Everybody_gets_what_is_published()
    {
        TestListener[] listeners = Join(5);

        Publish(0, 80);
        Publish(1, 81);
        StepAll();

        Assert.All(listeners, l => Assert.Equal([80, 81], l.Heard.Select(p => p.Payload.Length).Order()));
        Assert.All(listeners, l => Assert.Equal(2, _sender.PayloadsTo(l.Address).Count));
        Assert.Equal(5, _sender.Messages);
    }

    [Fact]
    public void The_first_packet_has_the_first_number_and_rollover_counter_zero()
    {
        TestListener listener = Join(1)[0];

        Publish(0, 80);
        StepAll();

        ProtectedPacket packet = Assert.Single(listener.Heard);
        Assert.Equal(ListenerSlot.FirstSequenceNumber, packet.SequenceNumber);
        Assert.Equal(0u, packet.RolloverCounter);
        Assert.Equal(MediaConstants.SlotSsrc(0), packet.Ssrc);
    }

    [Fact]
    public void Who_joins_starts_at_the_live_edge()
    {
        Join(1);
        Publish(0, 80);
        TestListener late = Join(1)[0];
        StepAll();
        Assert.Empty(late.Heard);

        Publish(0, 99);
        StepAll();
        Assert.Equal(99, Assert.Single(late.Heard).Payload.Length);
    }

    [Fact]
    public void Who_left_gets_nothing_more()
    {
        TestListener[] listeners = Join(3);
        Publish(0, 80);

        Assert.True(_audience.Remove(listeners[0].Listener));
        Assert.False(_audience.Remove(listeners[0].Listener));
        StepAll();

        Assert.Equal(2, _audience.Count);
        Assert.Empty(listeners[0].Heard);
        Assert.Single(listeners[1].Heard);
        Assert.Single(listeners[2].Heard);
    }

    [Fact]
    public void A_listener_is_in_one_audience_at_a_time()
    {
        TestListener listener = Join(1)[0];

        Assert.Throws<ArgumentException>(() => _audience.Add(listener.Listener));
        Assert.Throws<ArgumentException>(() => _audience.Add(new TestListener(9, slots: 2).Listener));
    }

    [Fact]
    public void Nobody_hears_themselves()
    {
        TestListener[] listeners = Join(2);
        listeners[0].Listener.OwnCsrc = 7;

        Publish(0, 80, csrc: 7);
        Publish(0, 81, csrc: 8);
        StepAll();

        Assert.Equal([81], listeners[0].Heard.Select(p => p.Payload.Length));
        Assert.Equal([80, 81], listeners[1].Heard.Select(p => p.Payload.Length));
    }

    [Fact]
    public void A_pause_is_a_gap_in_time_and_not_in_the_sequence()
    {
        TestListener listener = Join(1)[0];
        PublishAndStep(80);
        listener.Listener.Paused = true;
        for (int i = 0; i < 200; i++)
            PublishAndStep(80);
        Assert.Single(listener.Heard);
        listener.Listener.Paused = false;

        PublishAndStep(80);

        Assert.Equal([256, 257], listener.Heard.Select(p => p.PacketIndex));
        Assert.Equal(0, _drops[DropReason.ListenerBehind]);
    }

    [Fact]
    public void Without_a_path_a_listener_counts_as_paused()
    {
        TestListener listener = Join(1)[0];
        listener.Listener.Path = default;
        PublishAndStep(80);
        listener.Listener.Path = new TestListener(3).Listener.Path;
        PublishAndStep(81);

        Assert.Equal(81, Assert.Single(listener.Heard).Payload.Length);
    }

    [Fact]
    public void What_has_waited_too_long_is_lost_for_everybody_alike_and_counted()
    {
        TestListener[] listeners = Join(3);
        var start = new Instant(1_000_000);
        foreach (int milliseconds in (int[])[0, 20, 40])
        {
            _audience.Publish(Header(0, _index++, 1) with { Arrival = start + TimeSpan.FromMilliseconds(milliseconds) }, new byte[80]);
            if (milliseconds == 0)
                StepAll();
        }

        _audience.DropOverdue(start + TimeSpan.FromMilliseconds(40) + Audience.LongestWait);
        StepAll();

        Assert.All(listeners, l => Assert.Equal([256, 258], l.Heard.Select(p => p.PacketIndex)));
        Assert.Equal(3, _drops[DropReason.ListenerBehind]);
    }

    [Fact]
    public void Who_is_too_far_behind_goes_on_with_the_oldest_kept_packet()
    {
        TestListener listener = Join(1)[0];
        for (int i = 0; i < SlotHistory.MaxEntries + 6; i++)
            Publish(0, 80);

        StepAll();

        Assert.Equal(6, _drops[DropReason.ListenerBehind]);
        Assert.Equal(SlotHistory.MaxEntries, listener.Heard.Count);
        Assert.Equal(Enumerable.Range(256, SlotHistory.MaxEntries).Select(n => (long)n), listener.Heard.Select(p => p.PacketIndex));
    }

    [Fact]
    public void What_was_missed_in_the_middle_is_a_gap_in_the_sequence()
    {
        TestListener listener = Join(1)[0];
        PublishAndStep(80);
        for (int i = 0; i < SlotHistory.MaxEntries + 6; i++)
            Publish(0, 80);

        StepAll();

        Assert.Equal([256, 256 + 1 + 6], listener.Heard.Take(2).Select(p => p.PacketIndex));
    }

    [Fact]
    public void A_late_packet_from_before_a_pause_is_dropped_for_who_paused()
    {
        TestListener[] listeners = Join(2);
        PublishAndStep(80);
        long late = _index++;
        listeners[0].Listener.Paused = true;
        PublishAndStep(80);
        listeners[0].Listener.Paused = false;
        PublishAndStep(80);

        _audience.Publish(Header(0, late, 1), new byte[99]);
        StepAll();

        Assert.DoesNotContain(listeners[0].Heard, p => p.Payload.Length == 99);
        Assert.Equal(257, Assert.Single(listeners[1].Heard, p => p.Payload.Length == 99).PacketIndex);
        Assert.Equal(1, _drops[DropReason.Late]);
    }

    [Fact]
    public void A_listener_who_joins_before_the_slots_sequence_wraps_and_misses_the_first_packets_keeps_rollover_counter_zero()
    {
        _index = 65_530;
        TestListener listener = Join(1)[0];
        for (int i = 0; i < 70_000; i++)
            PublishAndStep(20);

        // A receiver that starts with rollover counter 0 at the ninth packet guesses every index (RFC 3711 3.3.1).
        long highest = listener.Heard[8].SequenceNumber;
        foreach (ProtectedPacket packet in listener.Heard.Skip(8))
        {
            long guess = highest + (short)(packet.SequenceNumber - (ushort)highest);
            Assert.Equal(packet.PacketIndex, guess);
            highest = Math.Max(highest, guess);
        }

        Assert.Equal(ListenerSlot.FirstSequenceNumber + 69_999, highest);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_pass_in_chunks_sends_what_a_whole_pass_sends(int chunk)
    {
        TestListener[] listeners = Join(20);
        var whole = new Audience(3);
        TestListener[] others = [.. Enumerable.Range(0, 20).Select(i => new TestListener(i))];
        var wholeSender = new RecordingSender();
        foreach (TestListener other in others)
            whole.Add(other.Listener);

        var random = new Random(chunk);
        for (int round = 0; round < 50; round++)
        {
            for (int i = random.Next(4); i >= 0; i--)
            {
                SlotPacketHeader header = Header(random.Next(3), _index++, 1);
                byte[] payload = new byte[random.Next(1, 400)];
                _audience.Publish(header, payload);
                whole.Publish(header, payload);
            }

            while (_audience.Step(chunk, _sender, _drops, _tags))
            {
            }

            Assert.False(whole.Step(int.MaxValue, wholeSender, _drops, _tags));
        }

        for (int i = 0; i < 20; i++)
            Assert.Equal(wholeSender.PayloadsTo(others[i].Address), _sender.PayloadsTo(listeners[i].Address));
    }

    [Fact]
    public void Packets_that_come_during_a_pass_travel_with_those_that_wait()
    {
        TestListener[] listeners = Join(4);
        Publish(0, 80);
        Assert.True(_audience.Step(2, _sender, _drops, _tags));
        Publish(1, 80);
        StepAll();

        Assert.All(listeners, l => Assert.Equal(2, l.Heard.Count));
        Assert.Equal(2 + 4, _sender.Messages);
    }

    [Fact]
    public void Where_visits_take_long_the_worker_looks_at_its_sockets_after_fewer()
    {
        const int most = 256;
        Join(most);
        Publish(0, 80);
        Assert.Equal(most, _audience.TakeVisits(default, most, out _));

        for (int i = 0; i < 200; i++)
            _audience.Worked(FanOutPace.LongestChunk, visits: 32);

        Assert.InRange(_audience.TakeVisits(default, most, out _), 32, 33);
    }

    [Fact]
    public void A_step_with_nothing_waiting_sends_nothing()
    {
        Join(4);
        Assert.False(_audience.HasWork);
        Assert.False(_audience.Step(10, _sender, _drops, _tags));
        Publish(0, 80);
        Assert.True(_audience.HasWork);
        StepAll();

        Assert.False(_audience.Step(10, _sender, _drops, _tags));
        Assert.Equal(4, _sender.Messages);
    }

    [Fact]
    public void Whoever_comes_and_goes_during_a_pass_everybody_else_gets_everything_once()
    {
        var random = new Random(3);
        var all = new List<TestListener>(Join(30));
        var present = new List<TestListener>(all);
        var expected = all.ToDictionary(l => l, _ => 0);
        for (int round = 0; round < 400; round++)
        {
            Publish(round % 3, 80);
            foreach (TestListener listener in present)
                expected[listener]++;

            bool more = true;
            while (more)
            {
                more = _audience.Step(random.Next(1, 6), _sender, _drops, _tags);
                if (random.Next(4) == 0 && present.Count > 0)
                {
                    TestListener leaver = present[random.Next(present.Count)];
                    present.Remove(leaver);
                    _audience.Remove(leaver.Listener);
                    expected[leaver] = leaver.Heard.Count;
                    more = _audience.HasWork;
                }

                if (random.Next(4) == 0)
                {
                    TestListener comer = Join(1)[0];
                    present.Add(comer);
                    expected[comer] = 0;
                    more = _audience.HasWork;
                }
            }

            Assert.All(present, l => Assert.Equal(expected[l], l.Heard.Count));
        }

        Assert.All(expected, pair => Assert.Equal(pair.Value, pair.Key.Heard.Count));
        Assert.Equal(present.Count, _audience.Count);
    }

    private int _joined;

    private TestListener[] Join(int count)
    {
        TestListener[] listeners = [.. Enumerable.Range(_joined, count).Select(i => new TestListener(i))];
        _joined += count;
        foreach (TestListener listener in listeners)
            _audience.Add(listener.Listener);
        return listeners;
    }

    private void PublishAndStep(int length)
    {
        Publish(0, length);
        StepAll();
    }

    private void Publish(int slot, int length, uint csrc = 1) => _audience.Publish(Header(slot, _index++, csrc), new byte[length]);

    private void StepAll() => Assert.False(_audience.Step(int.MaxValue, _sender, _drops, _tags));

    private static SlotPacketHeader Header(int slot, long index, uint csrc) => new(slot, index, 0, csrc, false, default, default);
}
