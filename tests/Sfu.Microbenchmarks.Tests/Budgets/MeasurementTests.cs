using Sfu.Microbenchmarks.Budgets;

namespace Sfu.Microbenchmarks.Tests.Budgets;

public sealed class MeasurementTests
{
    private static readonly Measurement Slow = new("Class.Method", "", Bytes: 0, Nanoseconds: 90, Ratio: 0.9);
    private static readonly Measurement Fast = new("Class.Method", "", Bytes: 8, Nanoseconds: 50, Ratio: 0.5);
    private static readonly Measurement Failed = new("Class.Method", "", double.NaN, double.NaN, double.NaN);

    [Fact]
    public void The_better_figure_of_two_runs_counts_each_for_itself() =>
        Assert.Equal(Fast with { Bytes = 0 }, Slow.BetterOf(Fast));

    [Fact]
    public void A_run_that_failed_is_no_better_one()
    {
        Assert.Equal(Slow, Slow.BetterOf(Failed));
        Assert.Equal(Slow, Failed.BetterOf(Slow));
    }
}
