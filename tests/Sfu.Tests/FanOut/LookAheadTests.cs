using Sfu.FanOut;
using Sfu.TestKit.Slots;

namespace Sfu.Tests.FanOut;

public sealed class LookAheadTests
{
    [Fact]
    public void Everybody_is_looked_at_once_before_the_visit_but_for_the_first_and_the_last_few()
    {
        FakeProtector[] protectors = [.. Enumerable.Range(0, 40).Select(_ => new FakeProtector())];
        Listener?[] listeners = [.. protectors.Select(protector => new Listener(protector, 1))];

        for (int visit = 0; visit < listeners.Length; visit++)
        {
            Assert.Equal(0, protectors[Math.Min(visit + 4, protectors.Length - 1)].Prefetched);
            LookAhead.From(listeners.AsSpan(visit));
        }

        Assert.Equal(28, protectors.Sum(protector => protector.Prefetched));
        Assert.All(protectors[4..32], protector => Assert.Equal(1, protector.Prefetched));
    }
}
