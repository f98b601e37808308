using Sfu.Diagnostics;
using Sfu.Rtp;
using Sfu.TestKit.Rtp;

namespace Sfu.Tests.Rtp;

public sealed class RedReaderTests
{
    [Fact]
    public void Blocks_come_from_the_oldest_to_the_primary_one()
    {
        byte[] payload = RtpBuilder.RedPayload((111, 1920, [1, 2]), (110, 960, []), (111, 0, [3, 4, 5]));

        Assert.Equal(DropReason.None, RedReader.TryRead(payload, out RedReader reader));

        Assert.Equal(2, reader.RedundantCount);
        Assert.Equal(["111 1920 False 0102", "110 960 False ", "111 0 True 030405"], Blocks(reader));
        Assert.Equal("111 0 True 030405", Describe(reader.Primary));
    }

    [Fact]
    public void A_hand_made_payload_is_read_bit_by_bit()
    {
        // F=1 PT=127, offset 0x3FFF, length 3; F=0 PT=5.
        byte[] payload = Convert.FromHexString("FF" + "FFFC03" + "05" + "A1A2A3" + "B1");

        Assert.Equal(DropReason.None, RedReader.TryRead(payload, out RedReader reader));

        Assert.Equal(["127 16383 False A1A2A3", "5 0 True B1"], Blocks(reader));
    }

    [Fact]
    public void A_primary_block_alone_is_enough_and_may_be_empty()
    {
        Assert.Equal(DropReason.None, RedReader.TryRead([111], out RedReader reader));

        Assert.Equal(["111 0 True "], Blocks(reader));
    }

    [Fact]
    public void Every_cut_before_the_primary_payload_is_malformed()
    {
        byte[] payload = RtpBuilder.RedPayload((111, 1920, [1, 2]), (111, 960, [3]), (111, 0, [4, 5]));

        for (int length = 0; length < payload.Length - 2; length++)
            Assert.Equal(DropReason.RedMalformed, RedReader.TryRead(payload.AsSpan(0, length), out _));
        for (int length = payload.Length - 2; length <= payload.Length; length++)
            Assert.Equal(DropReason.None, RedReader.TryRead(payload.AsSpan(0, length), out _));
    }

    [Fact]
    public void Headers_that_never_end_are_malformed()
    {
        byte[] payload = new byte[1_200];
        payload.AsSpan().Fill(0x80);

        Assert.Equal(DropReason.RedMalformed, RedReader.TryRead(payload, out _));
    }

    [Fact]
    public void Lengths_that_only_together_pass_the_end_are_malformed()
    {
        byte[] payload = RtpBuilder.RedPayload((111, 1, new byte[10]), (111, 2, new byte[10]), (111, 0, []));

        Assert.Equal(DropReason.None, RedReader.TryRead(payload, out _));
        Assert.Equal(DropReason.RedMalformed, RedReader.TryRead(payload.AsSpan(0, payload.Length - 1), out _));
    }

    [Fact]
    public void An_unset_reader_has_no_blocks()
    {
        RedReader reader = default;

        Assert.False(reader.MoveNext());
    }

    private static List<string> Blocks(RedReader reader)
    {
        var blocks = new List<string>();
        foreach (RedBlock block in reader)
            blocks.Add(Describe(block));
        return blocks;
    }

    private static string Describe(RedBlock block) =>
        $"{block.PayloadType} {block.TimestampOffset} {block.IsPrimary} {Convert.ToHexString(block.Payload)}";
}
