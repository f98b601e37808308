using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Rtcp;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.TestKit.Net;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Tests.FanOut;

public sealed class DominantStreamTests
{
    private const int Slots = 3;
    private const uint Samples = 960;

    private static readonly TimeSpan PacketTime = TimeSpan.FromMilliseconds(20);

    private readonly Audience _audience = new(Slots);
    private readonly RecordingSender _sender = new();
    private readonly TagBatch _tags = new();
    private readonly DropCounters _drops = new();
    private readonly FakeTimeProvider _time = new();
    private readonly MediaClock _clock;
    private readonly TestListener _listener = new(1, Slots, format: new ListenerFormat { FollowsDominant = true });

    // Slots that have lived for different times.
    private readonly long[] _index = [70_000, 10, 4_000];
    private readonly uint[] _timestamp = [uint.MaxValue - 5_000, 17, 900_000_000];

    public DominantStreamTests()
    {
        _clock = new MediaClock(_time);
        _audience.Add(_listener.Listener);
    }

    [Fact]
    public void Whoever_is_dominant_goes_out_on_one_ssrc_with_numbers_in_a_row()
    {
        for (int round = 0; round < 90; round++)
            Round(dominant: round / 15 % Slots);
        StepAll();

        Assert.Equal(90, _listener.Heard.Count);
        Assert.All(_listener.Heard, p => Assert.Equal(MediaConstants.SlotSsrc(0), p.Ssrc));
        Assert.Equal(Enumerable.Range(ListenerSlot.FirstSequenceNumber, 90).Select(n => (long)n), _listener.Heard.Select(p => p.PacketIndex));
        for (int i = 1; i < 90; i++)
            Assert.Equal(Samples, _listener.Heard[i].Timestamp - _listener.Heard[i - 1].Timestamp);
    }

    [Fact]
    public void Speakers_are_named_as_they_change()
    {
        Round(dominant: 0);
        Round(dominant: 2);
        StepAll();

        Assert.Equal([Csrc(0), Csrc(2)], _listener.Heard.Select(p => p.Csrc));
    }

    [Fact]
    public void A_pass_that_comes_late_sends_switches_in_the_order_in_which_they_were()
    {
        int[] dominants = [0, 0, 1, 1, 0, 2, 0, 0];
        foreach (int dominant in dominants)
            Round(dominant, step: false);
        StepAll();

        Assert.Equal(dominants.Select(Csrc), _listener.Heard.Select(p => p.Csrc));
    }

    [Fact]
    public void Silence_before_a_switch_is_silence_in_the_stream()
    {
        Round(dominant: 0);
        _time.Advance(TimeSpan.FromMilliseconds(480));
        Round(dominant: 1);
        StepAll();

        // 20 ms of the packet and 480 ms of silence.
        Assert.Equal(500u * 48, _listener.Heard[1].Timestamp - _listener.Heard[0].Timestamp);
        Assert.Equal(_listener.Heard[0].PacketIndex + 1, _listener.Heard[1].PacketIndex);
    }

    [Fact]
    public void A_newcomer_that_is_earlier_than_the_last_packet_ends_never_goes_back_in_time()
    {
        Publish(0, 0);
        Publish(1, 0);
        StepAll();

        Assert.Equal(Samples, _listener.Heard[1].Timestamp - _listener.Heard[0].Timestamp);
    }

    [Fact]
    public void Loss_on_the_way_up_stays_loss_and_what_comes_late_keeps_its_number()
    {
        Publish(1, 0);
        _index[1]++;
        _timestamp[1] += Samples;
        Publish(1, 0);
        _index[1] -= 2;
        _timestamp[1] -= 2 * Samples;
        Publish(1, 0);
        StepAll();

        Assert.Equal([256, 258, 257], _listener.Heard.Select(p => p.PacketIndex));
        Assert.Equal(Samples, _listener.Heard[2].Timestamp - _listener.Heard[0].Timestamp);
    }

    [Fact]
    public void What_comes_late_after_a_switch_is_dropped()
    {
        Publish(0, 0);
        Publish(1, 0);
        StepAll();
        _index[0] -= 1;
        Publish(0, 0);
        StepAll();

        Assert.Equal(2, _listener.Heard.Count);
        Assert.Equal(1, _drops[DropReason.Late]);
    }

    [Fact]
    public void A_pause_is_a_gap_in_time_and_no_loss()
    {
        Round(dominant: 1);
        _listener.Listener.Paused = true;
        for (int i = 0; i < 20; i++)
            Round(dominant: 1);
        _listener.Listener.Paused = false;
        Round(dominant: 1);

        Assert.Equal([256, 257], _listener.Heard.Select(p => p.PacketIndex));
        Assert.Equal(21 * Samples, _listener.Heard[1].Timestamp - _listener.Heard[0].Timestamp);
    }

    [Fact]
    public void One_who_comes_to_another_room_uses_no_number_again_and_the_time_goes_on()
    {
        Round(dominant: 1);
        _audience.Remove(_listener.Listener);
        var next = new Audience(2);
        next.Add(_listener.Listener);
        _time.Advance(TimeSpan.FromSeconds(1));
        next.Publish(new SlotPacketHeader(0, 5, 77, 9, false, default, _clock.Now), Payload());
        next.Step(1, _sender, _drops, _tags);

        Assert.Equal([256, 257], _listener.Heard.Select(p => p.PacketIndex));
        Assert.Equal(48 * 1_020u, _listener.Heard[1].Timestamp - _listener.Heard[0].Timestamp);
    }

    [Fact]
    public void The_sender_report_has_the_streams_own_time_and_counts()
    {
        for (int round = 0; round < 10; round++)
            Round(dominant: round / 3 % Slots);
        _audience.WriteReports(_clock.Now, _clock, 10, _sender);

        Assert.Equal(DropReason.None, RtcpReader.TryRead(_listener.Protector.Reports[^1], out RtcpReader reader));
        Assert.True(reader.MoveNext());
        Assert.Equal(DropReason.None, SenderReport.TryRead(reader.Current, out SenderReport report));
        Assert.Equal(MediaConstants.SlotSsrc(0), report.Ssrc);
        Assert.Equal(10u, report.PacketCount);
        Assert.Equal(10u * (uint)Payload().Length, report.OctetCount);
        Assert.Equal(_clock.ToNtp(_clock.Now), report.NtpTimestamp);
        Assert.Equal(_listener.Heard[^1].Timestamp + Samples, report.RtpTimestamp);
        Assert.True(reader.MoveNext());
        Assert.Equal(RtcpType.SourceDescription, reader.Current.Type);
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void Whatever_happens_a_number_is_one_packet_and_time_follows_numbers() =>
        Gen.Int[0, 11].Array[1, 200].Sample(steps =>
        {
            var test = new DominantStreamTests();
            foreach (int step in steps)
                test.Do(step);
            test.StepAll();

            ProtectedPacket[] heard = [.. test._listener.Heard.OrderBy(p => p.PacketIndex)];
            for (int i = 1; i < heard.Length; i++)
            {
                Assert.True(heard[i].PacketIndex > heard[i - 1].PacketIndex);
                Assert.True((int)(heard[i].Timestamp - heard[i - 1].Timestamp) > 0);
            }
        });

    private void Do(int step)
    {
        int slot = step % Slots;
        switch (step / Slots)
        {
            case 0:
                Round(slot, step: false);
                break;
            case 1:
                Round(slot);
                break;
            case 2:
                // Lost, and the next one with it overtaken by the one after that.
                _index[slot] += 2;
                _timestamp[slot] += 2 * Samples;
                Publish(slot, 0);
                (_index[slot], _timestamp[slot]) = (_index[slot] - 2, _timestamp[slot] - 2 * Samples);
                Publish(slot, 0);
                (_index[slot], _timestamp[slot]) = (_index[slot] + 1, _timestamp[slot] + Samples);
                _time.Advance(PacketTime);
                break;
            default:
                _listener.Listener.Paused = !_listener.Listener.Paused;
                break;
        }
    }

    /// <summary>20 ms in which everybody sends a packet.</summary>
    private void Round(int dominant, bool step = true)
    {
        for (int slot = 0; slot < Slots; slot++)
            Publish(slot, (byte)((slot - dominant + Slots) % Slots));
        if (step)
            StepAll();
        _time.Advance(PacketTime);
    }

    private void Publish(int slot, byte rank)
    {
        _audience.Publish(new SlotPacketHeader(slot, _index[slot]++, _timestamp[slot], Csrc(slot), false, default, _clock.Now, rank), Payload());
        _timestamp[slot] += Samples;
    }

    private static uint Csrc(int slot) => 0xC0 + (uint)slot;

    private static byte[] Payload() => [SpeakerSource.OneFrameOf20Ms, 1, 2, 3];

    private void StepAll() => _audience.Step(int.MaxValue, _sender, _drops, _tags);
}
