using Sfu.LoadTest.Receiving;
using Sfu.LoadTest.Results;
using Sfu.LoadTest.Statistics;

namespace Sfu.LoadTest.Tests.Statistics;

public sealed class RecoveryTests
{
    private const long Second = 1_000_000_000;
    private const long Begin = 1_000 * Second;
    private const double Normal = 20;

    private readonly MeasuredTime _measured = new();

    public RecoveryTests() => _measured.Set(Begin, Begin + 30 * Second);

    [Fact]
    public void What_was_never_disturbed_recovers_at_once() => Assert.Equal(new SurgeResult(Normal, Normal, 0), Of(_ => (100, 0, Normal)));

    [Fact]
    public void High_latency_is_the_surge_until_it_is_as_before()
    {
        SurgeResult surge = Of(tenth => (100, 0, tenth is > 100 and <= 207 ? 220 : Normal));

        Assert.Equal((Normal, 220), (surge.NormalP99, surge.SurgeP99));
        Assert.Equal(0.7, surge.RecoverySeconds!.Value, precision: 6);
    }

    [Fact]
    public void What_was_slow_long_before_the_surge_is_not_normal()
    {
        SurgeResult surge = Of(tenth => (100, 0, tenth is <= 50 or (> 100 and <= 207) ? 220 : Normal));

        Assert.Equal(Normal, surge.NormalP99);
        Assert.Equal(0.7, surge.RecoverySeconds!.Value, precision: 6);
    }

    [Fact]
    public void Loss_goes_on_after_latency_is_as_before() =>
        Assert.Equal(1.5, Of(tenth => (100, tenth is > 100 and <= 215 ? 7 : 0, Normal)).RecoverySeconds!.Value, precision: 6);

    [Fact]
    public void Nothing_received_is_no_recovery() =>
        Assert.Equal(1.2, Of(tenth => (tenth is > 200 and <= 212 ? 0 : 100, 0, tenth is > 200 and <= 212 ? 0 : Normal)).RecoverySeconds!.Value, precision: 6);

    [Fact]
    public void A_relapse_within_a_second_starts_over_and_a_later_one_is_another_matter()
    {
        Assert.Equal(1.1, Of(tenth => (100, 0, tenth is 205 or 211 ? 90 : Normal)).RecoverySeconds!.Value, precision: 6);
        Assert.Equal(0.5, Of(tenth => (100, 0, tenth is 205 or 220 ? 90 : Normal)).RecoverySeconds!.Value, precision: 6);
    }

    [Fact]
    public void Late_packets_that_fill_a_gap_are_no_loss() =>
        Assert.Equal(0, Of(tenth => (100, tenth == 205 ? -3 : 0, Normal)).RecoverySeconds);

    [Fact]
    public void What_never_recovers_has_no_time()
    {
        Assert.Null(Of(tenth => (100, tenth > 100 ? 1 : 0, Normal)).RecoverySeconds);
        Assert.Null(Of(tenth => (100, 0, tenth is > 100 and <= 295 ? 90 : Normal)).RecoverySeconds);
    }

    /// <param name="look">By tenths of a second since the begin of the measured time.</param>
    private SurgeResult Of(Func<int, (long Received, long Lost, double P99)> look) => Recovery.Of(
        [.. Enumerable.Range(1, 300).Select(tenth => new SurgeSample(Begin + tenth * Second / 10, look(tenth).Received, look(tenth).Lost, look(tenth).P99))], _measured);
}
