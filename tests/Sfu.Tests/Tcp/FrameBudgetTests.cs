using Sfu.Tcp;
using Sfu.Time;

namespace Sfu.Tests.Tcp;

public sealed class FrameBudgetTests
{
    private FrameBudget _budget;

    [Fact]
    public void A_microphone_with_its_checks_is_never_held_back()
    {
        Instant now = new(1_000_000);
        for (int i = 0; i < 10_000; i++)
        {
            _budget.Spend(now);
            Assert.Equal(TimeSpan.Zero, _budget.DelayAt(now));
            now += TimeSpan.FromMilliseconds(2.5);
        }
    }

    [Fact]
    public void A_flood_is_held_back_until_it_is_as_slow_as_the_bound()
    {
        Instant now = new(1_000_000);
        for (int i = 0; i < 1_000; i++)
            _budget.Spend(now);

        TimeSpan delay = _budget.DelayAt(now);
        Assert.InRange(delay.TotalSeconds, 1.4, 1.6);
        Assert.Equal(TimeSpan.Zero, _budget.DelayAt(now + delay));
    }
}
