using Microsoft.Extensions.Time.Testing;
using Sfu.Signalling.WebSockets;

namespace Sfu.Signalling.Tests.WebSockets;

public sealed class MessageBudgetTests
{
    [Fact]
    public void A_burst_is_allowed_and_then_a_rate()
    {
        var time = new FakeTimeProvider();
        var budget = new MessageBudget(perSecond: 10, burst: 3, time);

        Assert.True(budget.TrySpend() && budget.TrySpend() && budget.TrySpend());
        Assert.False(budget.TrySpend());

        time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(budget.TrySpend());
        Assert.False(budget.TrySpend());

        time.Advance(TimeSpan.FromHours(1));
        Assert.True(budget.TrySpend() && budget.TrySpend() && budget.TrySpend());
        Assert.False(budget.TrySpend());
    }
}
