using Sfu.Rtcp;
using Sfu.Rtp;
using Sfu.TestKit.Diagnostics;
using Sfu.Time;

namespace Sfu.Tests.Rtp;

public sealed class ReceiveStatisticsTests
{
    private const int FrameTicks = 960;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);
    private static readonly Instant Start = new(5_000_000);

    private readonly ReceiveStatistics _statistics = new(0xABCD, 48_000);

    [Fact]
    public void Nothing_received_reports_nothing_lost()
    {
        Assert.Equal(new ReportBlock(0xABCD, 0, 0, 0, 0, 0, 0), _statistics.CreateReport(Start));
    }

    [Fact]
    public void A_steady_stream_has_neither_loss_nor_jitter()
    {
        Receive(100, 101, 102, 103);

        ReportBlock block = _statistics.CreateReport(Start);

        Assert.Equal(new ReportBlock(0xABCD, 0, 0, 103, 0, 0, 0), block);
        Assert.Equal(4, _statistics.Received);
    }

    [Fact]
    public void Losses_are_counted_and_the_fraction_covers_the_last_interval_only()
    {
        Receive(1, 2, 4, 5, 6, 7, 8, 10);
        ReportBlock first = _statistics.CreateReport(Start);
        Receive(11, 12);
        ReportBlock second = _statistics.CreateReport(Start);
        Receive(14, 16);
        ReportBlock third = _statistics.CreateReport(Start);

        Assert.Equal((2 * 256 / 10, 2), (first.FractionLost, first.CumulativeLost));
        Assert.Equal((0, 2), (second.FractionLost, second.CumulativeLost));
        Assert.Equal((2 * 256 / 4, 4), (third.FractionLost, third.CumulativeLost));
    }

    [Fact]
    public void A_late_packet_fills_its_gap()
    {
        Receive(1, 3, 2);

        Assert.Equal(0, _statistics.CreateReport(Start).CumulativeLost);
        Assert.Equal(3u, _statistics.ExtendedHighestSequence);
    }

    [Fact]
    public void Duplicates_make_the_loss_negative_and_the_fraction_zero()
    {
        Receive(1, 1, 1);

        ReportBlock block = _statistics.CreateReport(Start);

        Assert.Equal((0, -2), (block.FractionLost, block.CumulativeLost));
    }

    [Fact]
    public void The_sequence_is_extended_past_its_wrap_and_late_packets_do_not_wrap_it_back()
    {
        Receive(65_534, 65_535, 1, 65_533, 0, 2);

        Assert.Equal(0x1_0002u, _statistics.ExtendedHighestSequence);
        Assert.Equal(5, _statistics.Expected);
        Assert.Equal(6, _statistics.Received);
    }

    [Fact]
    public void A_single_jump_is_ignored_and_two_in_order_start_anew()
    {
        Receive(1, 2, 3, 20_000);
        Assert.Equal((3u, 3L), (_statistics.ExtendedHighestSequence, _statistics.Received));

        Receive(4, 40_000, 40_001, 40_002);
        Assert.Equal(40_002u, _statistics.ExtendedHighestSequence);
        Assert.Equal(0, _statistics.CreateReport(Start).CumulativeLost);
    }

    [Fact]
    public void Jitter_follows_the_filter_of_RFC_3550()
    {
        // Transit differs by 160 units (48 kHz: 10/3 ms) once: J = 160/16 = 10, then decays by 1/16 of itself.
        _statistics.OnPacket(1, 0, Start);
        _statistics.OnPacket(2, FrameTicks, Start + TimeSpan.FromTicks(233_340));
        Assert.Equal(10u, _statistics.Jitter);

        _statistics.OnPacket(3, 2 * FrameTicks, Start + TimeSpan.FromTicks(433_340));
        Assert.Equal(9u, _statistics.Jitter);
    }

    [Fact]
    public void Early_packets_make_jitter_as_late_ones_do()
    {
        _statistics.OnPacket(1, 0, Start);
        _statistics.OnPacket(2, FrameTicks, Start + TimeSpan.FromMilliseconds(10));

        Assert.Equal(480u / 16, _statistics.Jitter);
    }

    [Fact]
    public void A_pause_of_the_sender_is_no_jitter()
    {
        _statistics.OnPacket(1, 0, Start);
        _statistics.OnPacket(2, 48_000 * 3, Start + TimeSpan.FromSeconds(3));

        Assert.Equal(0u, _statistics.Jitter);
    }

    [Fact]
    public void The_last_sender_report_and_the_time_since_are_told()
    {
        Receive(1);
        _statistics.OnSenderReport(0x1111_2222_3333_4444, Start);

        ReportBlock block = _statistics.CreateReport(Start + TimeSpan.FromMilliseconds(1_500));

        Assert.Equal(0x2222_3333u, block.LastSenderReport);
        Assert.Equal(65_536u + 32_768, block.DelaySinceLastSenderReport);
    }

    [Fact]
    public void A_packet_allocates_nothing()
    {
        Receive(1, 2, 3);
        ushort number = 4;
        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 10_000; i++, number++)
                _statistics.OnPacket(number, (uint)(number * FrameTicks), Start);
            _statistics.CreateReport(Start);
        });

        Assert.Equal(0, allocated);
    }

    /// <summary>Each packet arrives as its sequence number says, without jitter.</summary>
    private void Receive(params ReadOnlySpan<ushort> sequenceNumbers)
    {
        foreach (ushort number in sequenceNumbers)
            _statistics.OnPacket(number, (uint)(number * FrameTicks), Start + Frame * number);
    }
}
