using Sfu.Diagnostics;
using Sfu.Rtcp;

namespace Sfu.Tests.Rtcp;

/// <summary>Hand-written packets of each type through their own reader.</summary>
public sealed class RtcpPacketTests
{
    private const string Block = "00000009" + "40FFFFFE" + "00010203" + "00000010" + "AABBCCDD" + "00008000";

    private static readonly ReportBlock ExpectedBlock = new(9, 0x40, -2, 0x00010203, 16, 0xAABBCCDD, 0x8000);

    [Fact]
    public void A_sender_report_is_read_with_its_blocks()
    {
        byte[] bytes = Convert.FromHexString(
            "82C80012" + "00000005" + "E0E1E2E3F0F1F2F3" + "01020304" + "00000064" + "00001F40" + Block + Block);

        Assert.Equal(DropReason.None, SenderReport.TryRead(First(bytes), out SenderReport report));

        Assert.Equal(5u, report.Ssrc);
        Assert.Equal(0xE0E1E2E3_F0F1F2F3, report.NtpTimestamp);
        Assert.Equal(0x01020304u, report.RtpTimestamp);
        Assert.Equal(100u, report.PacketCount);
        Assert.Equal(8_000u, report.OctetCount);
        Assert.Equal([ExpectedBlock, ExpectedBlock], Blocks(report.Blocks));
    }

    [Fact]
    public void A_receiver_report_is_read_and_its_profile_extension_is_passed_over()
    {
        byte[] bytes = Convert.FromHexString("81C90008" + "00000005" + Block + "DEADBEEF");

        Assert.Equal(DropReason.None, ReceiverReport.TryRead(First(bytes), out ReceiverReport report));

        Assert.Equal(5u, report.Ssrc);
        Assert.Equal([ExpectedBlock], Blocks(report.Blocks));
    }

    [Theory]
    [InlineData("82C90007" + "00000005" + Block)]
    [InlineData("80C90000")]
    public void A_receiver_report_with_fewer_blocks_than_it_counts_is_malformed(string hex)
    {
        Assert.Equal(DropReason.RtcpMalformed, ReceiverReport.TryRead(First(Convert.FromHexString(hex)), out _));
    }

    [Fact]
    public void A_sender_report_without_its_information_is_malformed()
    {
        Assert.Equal(DropReason.RtcpMalformed, SenderReport.TryRead(First(Convert.FromHexString("80C80001" + "00000005")), out _));
    }

    [Fact]
    public void The_cname_is_found_among_other_items()
    {
        // SSRC 1: TOOL "ab", CNAME "sfu"; SSRC 2: no items.
        byte[] bytes = Convert.FromHexString("82CA0006" + "00000001" + "06026162" + "0103736675" + "000000" + "00000002" + "00000000");

        Assert.Equal(DropReason.None, SourceDescription.TryRead(First(bytes), out SourceDescription description));

        var chunks = new List<string>();
        foreach (SdesChunk chunk in description)
            chunks.Add($"{chunk.Ssrc} {System.Text.Encoding.UTF8.GetString(chunk.Cname)}");
        Assert.Equal(["1 sfu", "2 "], chunks);
    }

    [Theory]
    [InlineData("81CA0001" + "00000001")]
    [InlineData("81CA0002" + "00000001" + "01FF6162")]
    [InlineData("81CA0002" + "00000001" + "01026162")]
    [InlineData("82CA0002" + "00000001" + "00000000")]
    [InlineData("81CA0000")]
    public void A_chunk_that_is_cut_off_or_does_not_end_is_malformed(string hex)
    {
        Assert.Equal(DropReason.RtcpMalformed, SourceDescription.TryRead(First(Convert.FromHexString(hex)), out _));
    }

    [Fact]
    public void A_goodbye_names_those_who_leave_and_its_reason_is_passed_over()
    {
        byte[] bytes = Convert.FromHexString("82CB0003" + "00000001" + "00000002" + "03627965");

        Assert.Equal(DropReason.None, Goodbye.TryRead(First(bytes), out Goodbye goodbye));

        var ssrcs = new List<uint>();
        foreach (uint ssrc in goodbye)
            ssrcs.Add(ssrc);
        Assert.Equal([1u, 2u], ssrcs);
    }

    [Fact]
    public void A_goodbye_with_fewer_ssrcs_than_it_counts_is_malformed()
    {
        Assert.Equal(DropReason.RtcpMalformed, Goodbye.TryRead(First(Convert.FromHexString("82CB0001" + "00000001")), out _));
    }

    [Fact]
    public void A_nack_lists_each_packet_id_and_those_of_its_mask()
    {
        byte[] bytes = Convert.FromHexString("81CD0004" + "00000001" + "5F550001" + "000A8003" + "FFFF0001");

        Assert.Equal(DropReason.None, Nack.TryRead(First(bytes), out Nack nack));

        Assert.Equal((1u, 0x5F550001u), (nack.SenderSsrc, nack.MediaSsrc));
        var missing = new List<int>();
        foreach (ushort sequenceNumber in nack)
            missing.Add(sequenceNumber);
        Assert.Equal([10, 11, 12, 26, 65_535, 0], missing);
    }

    [Theory]
    [InlineData("81CD0002" + "00000001" + "00000002")]
    [InlineData("81CD0001" + "00000001")]
    [InlineData("8FCD0003" + "00000001" + "00000002" + "00000000")]
    [InlineData("81CE0003" + "00000001" + "00000002" + "00000000")]
    public void A_nack_without_an_entry_and_other_feedback_is_not_read(string hex)
    {
        Assert.Equal(DropReason.RtcpMalformed, Nack.TryRead(First(Convert.FromHexString(hex)), out _));
    }

    [Theory]
    [InlineData(0x0000_0010_8000_0000UL, 0x0010_0000u, 0x4000u, 250.0)]
    [InlineData(0x0000_0010_8000_0000UL, 0x0010_8000u, 0u, 0.0)]
    public void The_round_trip_is_what_is_left_of_the_time_since_the_sender_report(ulong now, uint lastReport, uint delay, double milliseconds)
    {
        var block = new ReportBlock(1, 0, 0, 0, 0, lastReport, delay);

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), block.RoundTrip(now));
    }

    [Fact]
    public void There_is_no_round_trip_without_a_sender_report_or_with_contradicting_times()
    {
        Assert.Null(new ReportBlock(1, 0, 0, 0, 0, 0, 0).RoundTrip(0x0000_0010_8000_0000));
        Assert.Null(new ReportBlock(1, 0, 0, 0, 0, 0x0010_0000, 0x9000).RoundTrip(0x0000_0010_8000_0000));
    }

    [Theory]
    [InlineData(-1.0, 0u)]
    [InlineData(0.5, 0x8000u)]
    [InlineData(100_000.0, uint.MaxValue)]
    public void Spans_become_short_ntp_time_within_its_range(double seconds, uint expected)
    {
        Assert.Equal(expected, NtpTime.ToShort(TimeSpan.FromSeconds(seconds)));
    }

    private static RtcpPacket First(byte[] bytes)
    {
        Assert.Equal(DropReason.None, RtcpReader.TryRead(bytes, out RtcpReader reader));
        Assert.True(reader.MoveNext());
        return reader.Current;
    }

    private static List<ReportBlock> Blocks(ReportBlockReader reader)
    {
        var blocks = new List<ReportBlock>();
        foreach (ReportBlock block in reader)
            blocks.Add(block);
        return blocks;
    }
}
