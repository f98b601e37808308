using Sfu.LoadTest.Reports.Charts;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Tests.Reports;

public sealed class TicksTests
{
    [Theory]
    [InlineData(0.27, new[] { 0, 0.1, 0.2, 0.3 })]
    [InlineData(1.8, new[] { 0, 0.5, 1, 1.5, 2 })]
    [InlineData(752_000, new double[] { 0, 200_000, 400_000, 600_000, 800_000 })]
    [InlineData(1000, new double[] { 0, 200, 400, 600, 800, 1000 })]
    public void A_linear_axis_goes_to_a_round_value_in_round_steps(double max, double[] ticks) => Assert.Equal(ticks, Ticks.Linear(max, 5));

    [Fact]
    public void What_comes_in_whole_numbers_has_no_half_ticks() => Assert.Equal([0, 1, 2], Ticks.Linear(1.5, 5, smallest: 1));

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_empty_axis_is_an_axis(double max) => Assert.Equal([0, 0.2, 0.4, 0.6, 0.8, 1], Ticks.Linear(max, 5));

    [Theory]
    [InlineData(72, 8, new double[] { 0, 10, 20, 30, 40, 50, 60, 70 })]
    [InlineData(200, 4, new double[] { 0, 60, 120, 180 })]
    public void Time_has_the_steps_of_a_clock(double max, int about, double[] ticks) => Assert.Equal(ticks, Ticks.Time(max, about));

    [Theory]
    [InlineData(0.3, 8, 9, new[] { 0.2, 0.5, 1, 2, 5, 10 })]
    [InlineData(0.3, 8, 3, new[] { 0.1, 1, 10 })]
    [InlineData(0.001, 900, 3, new[] { 0.001, 0.1, 10, 1000 })]
    public void A_logarithmic_axis_is_thinned_to_powers(double low, double high, int about, double[] ticks) =>
        Assert.Equal(ticks, Ticks.Log(low, high, about));

    [Fact]
    public void Labels_move_apart_and_stay_inside() => Assert.Equal([15, 0, 85, 100], LabelColumn.Place([5, 0, 99, 100], 15, 0, 100));

    [Fact]
    public void Bins_keep_every_packet()
    {
        double all = HistogramBins.Of([new HistogramBucket(0.5, 10), new HistogramBucket(0.52, 20), new HistogramBucket(8, 1)]).Sum(b => b.Count);

        Assert.Equal(31, all, 1e-6);
    }
}
