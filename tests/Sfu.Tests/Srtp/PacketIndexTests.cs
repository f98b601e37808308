using Sfu.Srtp;

namespace Sfu.Tests.Srtp;

public class PacketIndexTests
{
    [Theory]
    [InlineData(0x1_0005, 6, 0x1_0006)]
    [InlineData(0x1_0005, 0xffff, 0xffff)]
    [InlineData(0xffff, 0, 0x1_0000)]
    [InlineData(0x1_ffff, 0x7ffe, 0x2_7ffe)]
    [InlineData(0x1_ffff, 0x7fff, 0x1_7fff)]
    [InlineData(0x1_ffff, 0x8000, 0x1_8000)]
    [InlineData(0x1_0000, 0x8000, 0x1_8000)]
    [InlineData(0x1_0000, 0x8001, 0x8001)]
    [InlineData(0x1_8000, 0x0000, 0x1_0000)]
    [InlineData(0x1_8001, 0x0000, 0x2_0000)]
    public void The_nearest_index_is_taken_as_in_appendix_A(long highest, ushort sequence, long expected) =>
        Assert.Equal(expected, PacketIndex.Guess(highest, sequence));

    [Theory]
    [InlineData(5, 0xffff, 0xffff)]
    [InlineData(0xffff_ffff_ffff, 0, 0xffff_ffff_0000)]
    public void An_index_that_does_not_exist_is_not_guessed(long highest, ushort sequence, long expected) =>
        Assert.Equal(expected, PacketIndex.Guess(highest, sequence));
}
