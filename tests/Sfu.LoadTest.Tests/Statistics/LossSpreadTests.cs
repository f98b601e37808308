using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Tests.Statistics;

public sealed class LossSpreadTests
{
    [Fact]
    public void Shares_are_sorted_and_of_what_each_was_owed() =>
        Assert.Equal(
            new LossSpread(0, 0.49, 0.98, 0.99),
            LossSpread.Of([.. Enumerable.Range(0, 100).Reverse().Select(n => new ListenerResult(n, 200, 200 - 2 * n, 2 * n, 0, 0, 0))]));

    [Fact]
    public void The_median_is_one_of_a_listener() =>
        Assert.Equal(0.2, LossSpread.Of([Lost(10), Lost(20), Lost(90)])!.P50);

    [Fact]
    public void Who_was_owed_nothing_lost_nothing_and_nobody_has_no_spread()
    {
        Assert.Equal(new LossSpread(0, 0, 0, 0), LossSpread.Of([new ListenerResult(1, 0, 0, 0, 0, 0, 0)]));
        Assert.Null(LossSpread.Of([]));
    }

    private static ListenerResult Lost(int count) => new(1, 100, 100 - count, count, 0, 0, 0);
}
