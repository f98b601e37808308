using Sfu.Diagnostics;
using Sfu.Peers;

namespace Sfu.Tests.Peers;

public sealed class ArrivedPacketsTests
{
    private readonly ArrivedPackets _packets = new();

    [Fact]
    public void What_has_come_in_its_own_datagram_is_missing_no_more()
    {
        Take(100);
        Take(103);
        Assert.Equal([101, 102], Missing());

        Take(101);
        Assert.Equal([102], Missing());
    }

    [Fact]
    public void What_a_later_packet_brought_is_taken_once()
    {
        Take(100);
        Take(102);

        Assert.True(Recover(101));
        Assert.False(Recover(101));
        Assert.Equal(DropReason.RtpRecovered, _packets.Take(101, 101 * 960));
        Assert.Empty(Missing());
    }

    [Fact]
    public void Nothing_is_recovered_that_came_by_itself_or_from_before_the_first_packet_or_from_after_the_last()
    {
        Take(100);
        Take(102);

        Assert.False(Recover(102));
        Assert.False(Recover(100));
        Assert.False(Recover(99));
        Assert.False(Recover(103));
    }

    [Theory]
    [InlineData(100 * 960, false)]
    [InlineData(100 * 960 + 1, true)]
    [InlineData(103 * 960 - 1, true)]
    [InlineData(103 * 960, false)]
    public void The_timestamp_must_lie_between_those_of_the_neighbours(uint timestamp, bool expected)
    {
        Take(100);
        Take(103);

        Assert.Equal(expected, _packets.TryRecover(102, timestamp));
    }

    [Fact]
    public void Timestamps_may_wrap_around()
    {
        _packets.Take(100, uint.MaxValue - 100);
        _packets.Take(102, 1_820);

        Assert.True(_packets.TryRecover(101, 860));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Beyond_the_window_nothing_is_taken_any_more(int behind, bool expected)
    {
        Take(100);
        Take(101 + behind);

        Assert.Equal(expected, _packets.IsMissing(101));
        Assert.Equal(expected ? DropReason.None : DropReason.Late, _packets.Take(101, 101 * 960));
    }

    [Fact]
    public void After_a_jump_over_the_window_old_timestamps_are_nobodys_neighbours()
    {
        for (int i = 0; i < 64; i++)
            Take(100 + i);
        _packets.Take(100_000, 5);
        _packets.Take(100_002, 1_925);

        Assert.True(_packets.TryRecover(100_001, 965));
        Assert.False(_packets.TryRecover(100_001 - 64, 965));
    }

    [Fact]
    public void A_packet_overtaken_at_the_start_moves_the_first_one()
    {
        Take(102);
        Take(100);

        Assert.True(Recover(101));
    }

    private void Take(long index) => Assert.Equal(DropReason.None, _packets.Take(index, (uint)index * 960));

    private bool Recover(long index) => _packets.TryRecover(index, (uint)index * 960);

    private long[] Missing() => [.. Enumerable.Range(90, 30).Select(i => (long)i).Where(_packets.IsMissing)];
}
