using Sfu.TestKit.Diagnostics;

namespace Sfu.Tests.Diagnostics;

public sealed class AllocationsTests
{
    [Fact]
    public void What_every_run_allocates_is_counted() =>
        Assert.InRange(Allocations.Of(() => GC.KeepAlive(new byte[100])), 100, 200);

    [Fact]
    public void What_only_one_run_allocates_is_not()
    {
        int runs = 0;
        long allocated = Allocations.Of(() => GC.KeepAlive(++runs == 1 ? new byte[100] : null));

        Assert.Equal((0, 2), (allocated, runs));
    }

    [Fact]
    public void Nothing_is_repeated_within_the_budget()
    {
        int runs = 0;
        long allocated = Allocations.Of(() => GC.KeepAlive(new byte[++runs * 100]), budget: 1_000_000);

        Assert.InRange(allocated, 100, 1_000_000);
        Assert.Equal(1, runs);
    }

    [Fact]
    public void Each_run_gets_a_state_of_its_own_which_does_not_count_and_is_disposed_of()
    {
        var states = new List<State>();
        long allocated = Allocations.Of(
            () =>
            {
                states.Add(new State());
                return states[^1];
            },
            state => GC.KeepAlive(++state.Runs == 1 ? new byte[100] : null));

        Assert.InRange(allocated, 100, 200);
        Assert.True(states.Count > 1);
        Assert.All(states, state => Assert.Equal((1, 1), (state.Runs, state.Disposals)));
    }

    private sealed class State : IDisposable
    {
        public int Runs { get; set; }

        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
