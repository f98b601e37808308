using Sfu.Diagnostics;
using Sfu.Rtcp;
using Sfu.TestKit.Diagnostics;

namespace Sfu.Tests.Rtcp;

public sealed class RtcpWriterTests
{
    [Fact]
    public void A_compound_packet_is_written_byte_by_byte_as_RFC_3550_draws_it()
    {
        var writer = new RtcpWriter(new byte[200]);

        Assert.True(writer.TryWriteSenderReport(5, 0xE0E1E2E3_F0F1F2F3, 0x01020304, 100, 8_000));
        Assert.True(writer.TryWriteReceiverReport(7, new ReportBlock(9, 0x40, -2, 0x00010203, 16, 0xAABBCCDD, 0x8000)));
        Assert.True(writer.TryWriteCname(5, "sfu"u8));
        Assert.True(writer.TryWriteGoodbye(1, 2));

        Assert.Equal(
            "80C80006" + "00000005" + "E0E1E2E3F0F1F2F3" + "01020304" + "00000064" + "00001F40"
            + "81C90007" + "00000007" + "00000009" + "40FFFFFE" + "00010203" + "00000010" + "AABBCCDD" + "00008000"
            + "81CA0003" + "00000005" + "0103736675" + "000000"
            + "82CB0002" + "00000001" + "00000002",
            Convert.ToHexString(writer.Written));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(255)]
    public void A_cname_of_any_length_is_read_back(int length)
    {
        byte[] cname = new byte[length];
        cname.AsSpan().Fill((byte)'x');
        byte[] buffer = new byte[300];
        buffer.AsSpan().Fill(0xEE);
        var writer = new RtcpWriter(buffer);

        Assert.True(writer.TryWriteCname(5, cname));

        Assert.Equal(DropReason.None, RtcpReader.TryRead(writer.Written, out RtcpReader reader));
        Assert.True(reader.MoveNext());
        Assert.Equal(DropReason.None, SourceDescription.TryRead(reader.Current, out SourceDescription description));
        Assert.True(description.MoveNext());
        Assert.Equal(cname, description.Current.Cname.ToArray());
        Assert.False(description.MoveNext());
    }

    [Fact]
    public void What_does_not_fit_is_not_written_and_what_was_written_stays()
    {
        var writer = new RtcpWriter(new byte[8 + 27]);

        Assert.True(writer.TryWriteReceiverReport(7));
        Assert.False(writer.TryWriteSenderReport(5, 1, 2, 3, 4));
        Assert.Equal("80C9000100000007", Convert.ToHexString(writer.Written));
        Assert.True(writer.TryWriteGoodbye(1));
    }

    [Fact]
    public void More_than_the_count_field_holds_is_refused()
    {
        var writer = new RtcpWriter(new byte[2_000]);

        Assert.False(writer.TryWriteReceiverReport(7, new ReportBlock[32]));
        Assert.False(writer.TryWriteGoodbye(new uint[32]));
        Assert.False(writer.TryWriteCname(7, new byte[256]));
        Assert.Equal(0, writer.Length);
        Assert.True(writer.TryWriteReceiverReport(7, new ReportBlock[31]));
    }

    [Theory]
    [InlineData(0x7F_FFFF, 0x7F_FFFF)]
    [InlineData(-0x80_0000, -0x80_0000)]
    [InlineData(int.MaxValue, 0x7F_FFFF)]
    [InlineData(int.MinValue, -0x80_0000)]
    public void The_cumulative_loss_keeps_its_sign_and_stays_within_24_bits(int lost, int expected)
    {
        var writer = new RtcpWriter(new byte[100]);
        writer.TryWriteReceiverReport(7, new ReportBlock(9, 255, lost, 0, 0, 0, 0));

        RtcpReader.TryRead(writer.Written, out RtcpReader reader);
        reader.MoveNext();
        ReceiverReport.TryRead(reader.Current, out ReceiverReport report);
        ReportBlockReader blocks = report.Blocks;
        Assert.Equal(1, blocks.Count);
        Assert.True(blocks.MoveNext());
        Assert.Equal((255, expected), (blocks.Current.FractionLost, blocks.Current.CumulativeLost));
    }

    [Fact]
    public void A_nack_names_numbers_and_the_sixteen_after_each_in_a_mask()
    {
        var writer = new RtcpWriter(new byte[100]);

        Assert.True(writer.TryWriteNack(7, 9, [65_534, 65_535, 0, 14, 15, 40]));

        byte[] expected =
        [
            0x81, 205, 0, 5, 0, 0, 0, 7, 0, 0, 0, 9,
            0xFF, 0xFE, 0x80, 0x03,
            0, 15, 0, 0,
            0, 40, 0, 0,
        ];
        Assert.Equal(expected, writer.Written);
        RtcpReader.TryRead(writer.Written, out RtcpReader reader);
        reader.MoveNext();
        Assert.Equal(DropReason.None, Nack.TryRead(reader.Current, out Nack nack));
        List<ushort> read = [];
        foreach (ushort number in nack)
            read.Add(number);
        Assert.Equal([65_534, 65_535, 0, 14, 15, 40], read);
    }

    [Fact]
    public void A_nack_of_nothing_or_without_room_is_not_written()
    {
        var writer = new RtcpWriter(new byte[15]);

        Assert.False(writer.TryWriteNack(7, 9, []));
        Assert.False(writer.TryWriteNack(7, 9, [1]));
        Assert.Equal(0, writer.Length);
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        byte[] buffer = new byte[200];
        ReportBlock[] blocks = [new(9, 1, 2, 3, 4, 5, 6)];
        uint[] ssrcs = [1, 2];
        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 1_000; i++)
                Write(buffer, blocks, ssrcs);
        });

        Assert.Equal(0, allocated);

        static void Write(byte[] buffer, ReportBlock[] blocks, uint[] ssrcs)
        {
            var writer = new RtcpWriter(buffer);
            writer.TryWriteSenderReport(1, 2, 3, 4, 5, blocks);
            writer.TryWriteCname(1, "sfu"u8);
            writer.TryWriteGoodbye(ssrcs);
        }
    }
}
