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

public sealed class AudienceReportsTests
{
    private static readonly DateTimeOffset Start = new(2030, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private readonly Audience _audience = new(3);
    private readonly RecordingSender _sender = new();
    private readonly TagBatch _tags = new();
    private readonly DropCounters _drops = new();
    private readonly FakeTimeProvider _time = new(Start);
    private readonly MediaClock _clock;
    private long _index = 10;

    public AudienceReportsTests() => _clock = new MediaClock(_time);

    [Fact]
    public void The_first_report_follows_the_first_packet_at_once()
    {
        TestListener listener = Join(1)[0];
        Write();
        Assert.Empty(listener.Protector.Reports);

        Publish(0, 80, timestamp: 1_000);
        Assert.True(_audience.ReportDeadline <= _clock.Now);
        Write();

        Report report = Assert.Single(Read(listener.Protector.Reports[0]).Reports);
        Assert.Equal(MediaConstants.SlotSsrc(0), report.Ssrc);
    }

    [Fact]
    public void Ntp_and_rtp_time_are_the_same_instant()
    {
        TestListener listener = Join(1)[0];
        Publish(0, 80, timestamp: uint.MaxValue - 3_000);
        Advance(1_237.3);
        Write();

        Report report = Assert.Single(Read(listener.Protector.Reports[0]).Reports);
        double seconds = (report.Ntp >> 32) + (uint)report.Ntp / 4_294_967_296.0;
        double expected = (Start - new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds + 1.2373;
        Assert.Equal(expected, seconds, 1e-5);
        Assert.InRange((int)(report.Timestamp - unchecked(uint.MaxValue - 3_000 + 59_390)), -1, 1);
    }

    [Fact]
    public void Over_changes_of_speakers_ntp_and_rtp_advance_together()
    {
        TestListener listener = Join(1)[0];
        var stage = new Stage(1, _audience);
        SpeakerSource[] speakers = [new(1), new(2, 9, 123_456_789), new(3, 70_000, 5)];
        var points = new List<Report>();
        for (int i = 0; i < 3_000; i++)
        {
            SpeakerSource speaker = speakers[i / 400 % 3];
            if (i % 400 == 0)
            {
                foreach (SpeakerSource other in speakers)
                    stage.RemoveSpeaker(other.Csrc);
                stage.AddSpeaker(speaker.Csrc);
                Advance(137);
            }

            Assert.Equal(DropReason.None, stage.Receive(speaker.Csrc, speaker.Next(), _clock.Now));
            _audience.Step(10, _sender, _drops, _tags);
            Write();
            Advance(20);
        }

        foreach (byte[] compound in listener.Protector.Reports)
            points.AddRange(Read(compound).Reports);
        Assert.InRange(points.Count, 12, 14);
        foreach (Report point in points.Skip(1))
        {
            double elapsed = (point.Ntp - points[0].Ntp) / 4_294_967_296.0 * MediaConstants.ClockRate;
            Assert.InRange((int)(point.Timestamp - points[0].Timestamp) - elapsed, -1, 1);
        }
    }

    [Fact]
    public void A_report_counts_what_this_listener_was_sent()
    {
        TestListener listener = Join(1)[0];
        Publish(0, 80);
        Publish(1, 300);
        Publish(1, 20);
        TestListener late = Join(1)[0];
        Publish(1, 7);
        Write();

        (Report[] reports, uint[] names) = Read(listener.Protector.Reports[0]);
        Assert.Equal([(1u, 80u), (3u, 327u)], reports.Select(r => (r.Packets, r.Octets)));
        Assert.Equal([MediaConstants.SlotSsrc(0), MediaConstants.SlotSsrc(1)], names);
        Report lateReport = Assert.Single(Read(late.Protector.Reports[0]).Reports);
        Assert.Equal((1u, 7u), (lateReport.Packets, lateReport.Octets));
    }

    [Fact]
    public void Every_listener_gets_one_every_five_seconds_evenly_spread()
    {
        TestListener[] listeners = Join(50);
        Publish(0, 80);
        Write();
        Assert.All(listeners, l => Assert.Single(l.Protector.Reports));
        for (int i = 0; i < 500; i++)
        {
            Advance(20);
            Write();
        }

        _sender.Take();
        foreach (TestListener listener in listeners)
            listener.Protector.Reports.Clear();

        for (int i = 0; i < 500; i++)
        {
            Advance(20);
            Write();
            Assert.InRange(_sender.Take().Count, 0, 1);
        }

        Assert.All(listeners, l => Assert.Equal(2, l.Protector.Reports.Count));
    }

    [Fact]
    public void A_slot_that_is_heard_for_the_first_time_is_reported_at_once()
    {
        TestListener listener = Join(1)[0];
        Publish(0, 80);
        Write();
        Advance(300);
        Publish(2, 80);
        Write();

        Assert.Equal(2, Read(listener.Protector.Reports[^1]).Reports.Length);
        Assert.Equal(2, listener.Protector.Reports.Count);
    }

    [Fact]
    public void No_more_are_written_than_asked_for_and_the_rest_stays_due()
    {
        TestListener[] listeners = Join(10);
        Publish(0, 80);

        _audience.WriteReports(_clock.Now, _clock, 4, _sender);
        Assert.Equal(4, listeners.Sum(l => l.Protector.Reports.Count));
        Assert.True(_audience.ReportDeadline <= _clock.Now);

        _audience.WriteReports(_clock.Now, _clock, 100, _sender);
        Assert.All(listeners, l => Assert.NotEmpty(l.Protector.Reports));
        Assert.True(_audience.ReportDeadline > _clock.Now);
    }

    [Fact]
    public void Nobody_who_left_or_has_no_path_gets_one()
    {
        TestListener[] listeners = Join(3);
        Publish(0, 80);
        _audience.Remove(listeners[0].Listener);
        listeners[1].Listener.Path = default;

        Write();
        Advance(6_000);
        Write();

        Assert.Empty(listeners[0].Protector.Reports);
        Assert.Empty(listeners[1].Protector.Reports);
        Assert.NotEmpty(listeners[2].Protector.Reports);
        Assert.Equal(Instant.Never, new Audience(1).ReportDeadline);
    }

    [Fact]
    public void Who_leaves_with_a_report_due_gets_the_next_rooms_first_one()
    {
        TestListener listener = Join(1)[0];
        Publish(0, 80);
        _audience.Remove(listener.Listener);
        var next = new Audience(3);
        next.Add(listener.Listener);
        next.Publish(new SlotPacketHeader(1, 5, 0, 1, false, default, _clock.Now), new byte[9]);
        next.Step(1, _sender, _drops, _tags);

        next.WriteReports(_clock.Now, _clock, 1, _sender);

        Assert.Equal(MediaConstants.SlotSsrc(1), Assert.Single(Read(listener.Protector.Reports[0]).Reports).Ssrc);
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

    private void Publish(int slot, int length, uint timestamp = 0)
    {
        _audience.Publish(new SlotPacketHeader(slot, _index++, timestamp, 1, false, default, _clock.Now), new byte[length]);
        _audience.Step(int.MaxValue, _sender, _drops, _tags);
    }

    private void Write() => _audience.WriteReports(_clock.Now, _clock, 1_000, _sender);

    private void Advance(double milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private static (Report[] Reports, uint[] Names) Read(byte[] compound)
    {
        var reports = new List<Report>();
        var names = new List<uint>();
        Assert.Equal(DropReason.None, RtcpReader.TryRead(compound, out RtcpReader reader));
        foreach (RtcpPacket packet in reader)
        {
            if (packet.Type == RtcpType.SourceDescription)
            {
                Assert.Equal(DropReason.None, SourceDescription.TryRead(packet, out SourceDescription description));
                foreach (SdesChunk chunk in description)
                {
                    Assert.Equal("sfu"u8, chunk.Cname);
                    names.Add(chunk.Ssrc);
                }
            }
            else
            {
                Assert.Equal(DropReason.None, SenderReport.TryRead(packet, out SenderReport sr));
                reports.Add(new Report(sr.Ssrc, sr.NtpTimestamp, sr.RtpTimestamp, sr.PacketCount, sr.OctetCount));
            }
        }

        return ([.. reports], [.. names]);
    }

    private sealed record Report(uint Ssrc, ulong Ntp, uint Timestamp, uint Packets, uint Octets);
}
