using Sfu.Peers;

namespace Sfu.Tests.Peers;

public sealed class RoundTripEstimateTests
{
    private readonly RoundTripEstimate _estimate = new();

    [Fact]
    public void Before_a_sample_there_is_a_sensible_start()
    {
        Assert.False(_estimate.IsKnown);
        Assert.Equal(RoundTripEstimate.Initial, _estimate.Value);
    }

    [Fact]
    public void The_first_sample_counts_in_full_and_later_ones_by_an_eighth()
    {
        _estimate.Add(TimeSpan.FromMilliseconds(40));
        Assert.Equal(TimeSpan.FromMilliseconds(40), _estimate.Value);

        _estimate.Add(TimeSpan.FromMilliseconds(80));
        Assert.Equal(TimeSpan.FromMilliseconds(45), _estimate.Value);
    }

    [Fact]
    public void Samples_that_cannot_be_are_passed_over()
    {
        _estimate.Add(TimeSpan.FromSeconds(18));
        _estimate.Add(TimeSpan.FromMilliseconds(-1));

        Assert.False(_estimate.IsKnown);
    }
}
