using Sfu.Slots;

namespace Sfu.LoadTest.Tests.Receiving;

public sealed class SlotMeterTests : IDisposable
{
    private const int Packets = MeterHarness.SpeakerPackets;

    private readonly MeterHarness _harness = new();

    [Fact]
    public void Slots_are_told_by_the_first_ssrc_of_each_listener()
    {
        _harness.Open(0, firstSsrc: 1_000, hasOwnTimeline: false);
        _harness.Open(1, firstSsrc: 5_000, hasOwnTimeline: false);
        for (uint number = 0; number < Packets; number++)
        {
            _harness.Receive(0, number, ssrc: 1_000, number * 960);
            _harness.Receive(1, number, ssrc: 5_001, number * 960);
        }

        _harness.Receive(0, 0, ssrc: 5_000, timestamp: 0);
        _harness.Receive(1, 0, ssrc: 1_000, timestamp: 0);

        Assert.Equal(2 * Packets, _harness.Meter.Measured.Received);
        Assert.Equal(Packets, _harness.Meter.ViewsOf(0)[0].Window.Received);
        Assert.Equal(Packets, _harness.Meter.ViewsOf(1)[1].Window.Received);
        Assert.Equal(0, _harness.Meter.Mismatches);
    }

    [Fact]
    public void Timelines_of_listeners_own_are_brought_together()
    {
        _harness.Open(0, firstSsrc: 1_000, hasOwnTimeline: true);
        _harness.Open(1, firstSsrc: 5_000, hasOwnTimeline: true);
        for (uint number = 0; number < Packets; number++)
        {
            _harness.Receive(0, number, ssrc: 1_000, 77 + number * 960);
            if (number >= 40)
                _harness.Receive(1, number, ssrc: 5_000, (number - 40) * 960);
        }

        Assert.Equal(2 * Packets - 40, _harness.Meter.Measured.Received);
        Assert.Equal(Packets, _harness.Meter.Streams[0].MeasuredSpan);
        Assert.Equal((0, 0), (_harness.Meter.Mismatches, _harness.Meter.AuthenticationFailures));
        Assert.Equal(1.0, _harness.Meter.Latency.ToQuantiles().Max, 0.05);
    }

    [Fact]
    public void The_speaker_is_the_one_that_the_server_names_or_nobody()
    {
        _harness.Open(0, MediaConstants.SlotSsrc(0), hasOwnTimeline: false);
        _harness.Receive(0, 0, MediaConstants.SlotSsrc(0), 0);
        Assert.Equal((1, 0), (_harness.Meter.Compared, _harness.Meter.Mismatches));

        _harness.Receive(0, 1, MediaConstants.SlotSsrc(0), 960, 9);
        Assert.Equal((2, 1), (_harness.Meter.Compared, _harness.Meter.Mismatches));

        _harness.Csrc = 9;
        _harness.Receive(0, 2, MediaConstants.SlotSsrc(0), 1_920, 9);
        Assert.Equal((3, 1), (_harness.Meter.Compared, _harness.Meter.Mismatches));

        _harness.Receive(0, 3, MediaConstants.SlotSsrc(0), 2_880, 8);
        Assert.Equal((4, 2), (_harness.Meter.Compared, _harness.Meter.Mismatches));
    }

    public void Dispose() => _harness.Dispose();
}
