using Sfu.Speakers;

namespace Sfu.Tests.Speakers;

public sealed class SlotRanksTests
{
    private readonly SlotRanks _ranks = new(4);

    [Fact]
    public void Slots_begin_in_their_own_order() => Assert.Equal([0, 1, 2, 3], Ranks());

    [Fact]
    public void Who_was_dominant_before_is_the_next()
    {
        _ranks.Promote(2);
        Assert.Equal([1, 2, 0, 3], Ranks());

        _ranks.Promote(1);
        Assert.Equal([2, 0, 1, 3], Ranks());
        Assert.Equal(1, _ranks.Dominant);
    }

    [Fact]
    public void Promoting_the_dominant_slot_changes_nothing()
    {
        _ranks.Promote(3);
        int[] before = Ranks();

        _ranks.Promote(3);

        Assert.Equal(before, Ranks());
    }

    private int[] Ranks() => [.. Enumerable.Range(0, 4).Select(_ranks.Of)];
}
