using Sfu.Signalling.Limits;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Tests.Limits;

public sealed class RateLimitTests
{
    [Fact]
    public void A_burst_is_allowed_to_each_and_no_more()
    {
        using var limit = new RateLimit(new RateSettings(PerMinute: 1, Burst: 3));

        Assert.True(limit.Allows("ann") && limit.Allows("ann") && limit.Allows("ann"));
        Assert.False(limit.Allows("ann"));
        Assert.True(limit.Allows("ben"));
    }

    [Fact]
    public async Task With_the_time_it_is_allowed_again()
    {
        using var limit = new RateLimit(new RateSettings(PerMinute: 600, Burst: 1));
        Assert.True(limit.Allows("ann"));
        Assert.False(limit.Allows("ann"));

        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!limit.Allows("ann"))
            await Task.Delay(10, guard.Token);
    }

    [Fact]
    public void Without_a_rate_there_is_no_limit()
    {
        using var limit = new RateLimit(new RateSettings(PerMinute: 0, Burst: 1));

        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.True(limit.Allows("ann")));
    }

    [Fact]
    public void Whoever_comes_memory_is_bounded()
    {
        using var limit = new RateLimit(new RateSettings(PerMinute: 1, Burst: 1));
        int allowed = Enumerable.Range(0, 4 * RateLimit.Buckets).Count(subject => limit.Allows(subject));

        Assert.InRange(allowed, 1, RateLimit.Buckets);
    }
}
