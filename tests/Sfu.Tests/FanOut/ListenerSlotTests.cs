using Sfu.FanOut;

namespace Sfu.Tests.FanOut;

public sealed class ListenerSlotTests
{
    private ListenerSlot _slot = new();

    public ListenerSlotTests() => _slot.Join(0, long.MinValue);

    [Theory]
    [InlineData(0)]
    [InlineData(65_535)]
    [InlineData(1L << 40)]
    public void The_first_number_is_low_whatever_the_slots_index_is(long index) =>
        Assert.Equal(ListenerSlot.FirstSequenceNumber, Number(index));

    [Fact]
    public void Numbers_follow_the_slots_indices()
    {
        Number(1_000);

        Assert.Equal(257, Number(1_001));
        Assert.Equal(260, Number(1_004));
        Assert.Equal(259, Number(1_003));
    }

    [Fact]
    public void Withheld_packets_leave_no_gap()
    {
        Number(1_000);
        for (long index = 1_001; index < 1_500; index++)
            _slot.Withhold(index);

        Assert.Equal(257, Number(1_500));
        Assert.Equal(258, Number(1_501));
    }

    [Fact]
    public void Loss_beside_a_withheld_stretch_is_no_gap_either()
    {
        Number(1_000);
        _slot.Withhold(1_005);

        Assert.Equal(257, Number(1_010));
    }

    [Fact]
    public void What_comes_late_from_before_the_base_moved_is_dropped()
    {
        Number(1_000);
        Number(1_003);
        _slot.Withhold(1_005);
        Number(1_007);

        Assert.False(_slot.TryNumber(1_001, out _));
        Assert.False(_slot.TryNumber(1_004, out _));
        Assert.False(_slot.TryNumber(1_006, out _));
        Assert.Equal(261, Number(1_008));
    }

    [Fact]
    public void What_comes_late_from_before_the_withheld_is_dropped_before_the_base_moves()
    {
        Number(1_000);
        _slot.Withhold(1_005);

        Assert.False(_slot.TryNumber(1_004, out _));
        Assert.Equal(257, Number(1_006));
    }

    [Fact]
    public void What_is_older_than_the_first_packet_is_dropped()
    {
        Number(1_000);

        Assert.False(_slot.TryNumber(999, out _));
    }

    [Fact]
    public void Joining_another_room_uses_no_number_again()
    {
        Number(1_000);
        Number(1_050);
        _slot.Join(7, long.MinValue);

        Assert.Equal(7, _slot.Cursor);
        Assert.Equal(307, Number(20));
    }

    [Fact]
    public void What_comes_late_from_before_the_listener_joined_is_dropped()
    {
        _slot.Join(7, highest: 1_000);

        Assert.False(_slot.TryNumber(1_000, out _));
        Assert.Equal(256, Number(1_001));
    }

    private long Number(long index)
    {
        Assert.True(_slot.TryNumber(index, out long number));
        return number;
    }
}
