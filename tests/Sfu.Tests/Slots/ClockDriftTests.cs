using Sfu.Diagnostics;
using Sfu.Slots;
using Sfu.Time;

namespace Sfu.Tests.Slots;

/// <summary>Publishers whose clocks are off by as much as crystals are, for hours.</summary>
public sealed class ClockDriftTests
{
    private const int Hours = 4;

    /// <summary>What a packet is held up on its way at most, in ms.</summary>
    private const double Jitter = 12;

    /// <summary>ms by which the timeline may be off besides jitter.</summary>
    private const double Few = 6;

    private readonly Slot _slot = new(0);
    private readonly SlotHistory _history = new();

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    [InlineData(50)]
    public void With_pauses_the_timeline_stays_with_our_clock_however_long_it_goes_on(int partsPerMillion)
    {
        var publisher = new DriftingPublisher(1, partsPerMillion, Jitter);
        var range = new Extent();
        foreach (SentFrame frame in publisher.Talk(TimeSpan.FromHours(Hours), talk: TimeSpan.FromSeconds(6), pause: TimeSpan.FromSeconds(2)))
            range.Add(Place(frame));

        Assert.InRange(range.Greatest - range.Least, 0, Jitter + Few);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    public void Without_pauses_the_publishers_steps_are_kept_and_reports_follow_them(int partsPerMillion)
    {
        // Music: 4 s ahead or behind after hours, which receivers follow as they follow any sender's clock.
        var publisher = new DriftingPublisher(1, partsPerMillion, Jitter);
        uint? last = null;
        long drifted = 0;
        foreach (SentFrame frame in publisher.Talk(TimeSpan.FromHours(Hours), TimeSpan.FromHours(Hours), TimeSpan.Zero))
        {
            double ahead = Place(frame, out SlotPacketHeader header);
            Assert.Equal(960u, header.Timestamp - (last ?? header.Timestamp - 960));
            last = header.Timestamp;
            drifted = (long)ahead;
            AssertReported(frame, header);
        }

        Assert.Equal(partsPerMillion * Hours * 3.6, drifted, tolerance: 50);
    }

    [Fact]
    public void Reports_of_two_slots_line_up_what_was_said_at_the_same_time()
    {
        var fast = new DriftingPublisher(1, 300, Jitter);
        var slow = new DriftingPublisher(2, -300, Jitter);
        var other = new Slot(1);
        var otherHistory = new SlotHistory();
        TimeSpan length = TimeSpan.FromHours(1);
        foreach (SentFrame frame in fast.Talk(length, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1)))
            Place(frame);
        foreach (SentFrame frame in slow.Talk(length, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(3)))
            Place(frame, other, otherHistory, out _);

        // What both said at an instant has these timestamps, but for what is left of jitter.
        Instant instant = fast.Now;
        AssertNear(fast.TimestampAt(instant) + _offsetOfLast[1], _history.TimestampAt(instant));
        AssertNear(slow.TimestampAt(instant) + _offsetOfLast[2], otherHistory.TimestampAt(instant));

        static void AssertNear(uint expected, uint actual) => Assert.InRange((int)(actual - expected) / 48.0, -Few, Few);
    }

    [Fact]
    public void Speakers_with_different_clocks_take_turns_for_hours_and_the_timeline_never_jumps()
    {
        DriftingPublisher[] publishers = [new(1, 300, Jitter), new(2, -300, Jitter), new(3, 0, Jitter)];
        var random = new Random(3);
        var range = new Extent();
        uint? lastTimestamp = null;
        long? lastIndex = null;
        Instant lastArrival = default;
        Instant start = new(0);
        while (start.Microseconds < Hours * TimeSpan.MicrosecondsPerHour)
        {
            DriftingPublisher publisher = publishers[random.Next(3)];
            publisher.SkipTo(start);
            foreach (SentFrame frame in publisher.Talk(TimeSpan.FromSeconds(random.Next(1, 60)), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1)))
            {
                range.Add(Place(frame, out SlotPacketHeader header));
                if (lastTimestamp is { } timestamp)
                {
                    Assert.Equal(lastIndex + 1, header.Index);
                    double step = (int)(header.Timestamp - timestamp) / 48.0;
                    Assert.InRange(step, 20, Math.Max(20, (frame.Arrival - lastArrival).TotalMilliseconds) + Jitter + Few);
                }

                (lastTimestamp, lastIndex, lastArrival) = (header.Timestamp, header.Index, frame.Arrival);
            }

            start = publisher.Now + TimeSpan.FromMilliseconds(random.Next(20, 800));
        }

        // A first packet that was held up starts its turn late; pauses take that back.
        Assert.InRange(range.Greatest - range.Least, 0, 4 * Jitter + Few);
    }

    [Fact]
    public void What_silence_has_made_up_for_is_not_made_up_for_again()
    {
        Place(new SentFrame(1, 100, 0, new Instant(0), default), out SlotPacketHeader first);
        for (int i = 1; i < 500; i++)
            Place(new SentFrame(1, 100 + i, (uint)i * 960, new Instant(i * 20_000), default));

        // 5 ms after the last packet, while it plays: the timeline is 15 ms ahead from then on.
        const long Start = 499 * 20_000 + 5_000;
        Place(new SentFrame(2, 7, 0, new Instant(Start), default));
        Place(new SentFrame(2, 8, 960, new Instant(Start + 20_000), default));
        Assert.True(_slot.TryCatchUp(2, new SpeakerPacket { Ssrc = 2, Index = 9, Timestamp = 2 * 960, Payload = [0x78, 1] }));

        for (int i = 0; i < 5; i++)
        {
            // Packets of pauses, 400 ms apart.
            long elapsed = 60_000 + i * 400_000;
            Place(new SentFrame(2, 10 + i, (uint)(elapsed * 48 / 1_000), new Instant(Start + elapsed), default), out SlotPacketHeader header);
            Assert.Equal((Start + elapsed) * 48 / 1_000, header.Timestamp - first.Timestamp);
        }
    }

    [Fact]
    public void A_pause_is_never_corrected_by_more_than_is_silent()
    {
        var clock = new SlotClock(TimeSpan.FromSeconds(1));
        clock.Note(0, new Instant(0));
        clock.Note(48_000 + 4_800, new Instant(1_000_000));
        Assert.Equal(4_800, clock.Drift);

        Assert.Equal(0, clock.Correct(0));
        Assert.Equal(0, clock.Correct(-960));
        Assert.Equal(-100, clock.Correct(100));
        Assert.Equal(-SlotClock.MaxCorrection, clock.Correct(100_000));
        Assert.Equal(4_800 - 100 - SlotClock.MaxCorrection, clock.Drift);
    }

    private readonly Dictionary<uint, uint> _offsetOfLast = [];

    private double Place(SentFrame frame) => Place(frame, out _);

    private double Place(SentFrame frame, out SlotPacketHeader header) => Place(frame, _slot, _history, out header);

    /// <returns>ms by which the timeline is ahead of our clock.</returns>
    private double Place(SentFrame frame, Slot slot, SlotHistory history, out SlotPacketHeader header)
    {
        var packet = new SpeakerPacket { Ssrc = frame.Csrc, Index = frame.Index, Timestamp = frame.Timestamp, Payload = [0x78, 1, 2, 3] };
        Assert.Equal(DropReason.None, slot.Place(frame.Csrc, packet, default, frame.Arrival, out header));
        history.Append(header, packet.Payload);
        _offsetOfLast[frame.Csrc] = header.Timestamp - frame.Timestamp;
        return (int)(header.Timestamp - (uint)MediaTime.SamplesBetween(default, frame.Arrival)) / 48.0;
    }

    /// <summary>A report at the frame's arrival says where the timeline was when the frame was sent, and the way's shortest time later.</summary>
    private void AssertReported(SentFrame frame, SlotPacketHeader header)
    {
        if (frame.Index % 250 != 249)
            return;
        uint reported = _history.TimestampAt(frame.Arrival);
        double held = frame.HeldUp.TotalMilliseconds;
        Assert.InRange((int)(reported - header.Timestamp) / 48.0, held - Few, held + Few);
    }

    private sealed class Extent
    {
        public double Least { get; private set; } = double.MaxValue;

        public double Greatest { get; private set; } = double.MinValue;

        public void Add(double value)
        {
            Least = Math.Min(Least, value);
            Greatest = Math.Max(Greatest, value);
        }
    }
}
