using Sfu.Slots;

namespace Sfu.Tests.Slots;

public sealed class OpusDurationTests
{
    [Theory]
    [InlineData(0, 480)] // SILK narrowband 10 ms
    [InlineData(1, 960)]
    [InlineData(2, 1_920)]
    [InlineData(11, 2_880)] // SILK wideband 60 ms
    [InlineData(12, 480)] // hybrid 10 ms
    [InlineData(15, 960)]
    [InlineData(16, 120)] // CELT 2.5 ms
    [InlineData(29, 240)]
    [InlineData(31, 960)]
    public void One_frame_lasts_as_long_as_its_configuration_says(int configuration, int samples) =>
        Assert.Equal(samples, OpusDuration.Of([(byte)(configuration << 3)]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Two_frames_last_twice_as_long(int code) =>
        Assert.Equal(1_920, OpusDuration.Of([(byte)(31 << 3 | code), 0]));

    [Fact]
    public void Many_frames_are_counted_in_the_second_byte() =>
        Assert.Equal(5 * 960, OpusDuration.Of([31 << 3 | 3, 0xC0 | 5, 0]));

    [Theory]
    [InlineData(11, 0x3F, 5_760)]
    [InlineData(31, 0, 120)]
    public void Counts_that_break_the_rules_are_brought_into_range(int configuration, byte count, int samples) =>
        Assert.Equal(samples, OpusDuration.Of([(byte)(configuration << 3 | 3), count]));

    [Fact]
    public void A_missing_count_byte_is_one_frame() => Assert.Equal(960, OpusDuration.Of([31 << 3 | 3]));
}
