using Sfu.LoadTest.Receiving;
using Sfu.LoadTest.Speaking;

namespace Sfu.LoadTest.Tests.Speaking;

public sealed class TurnScheduleTests
{
    private const long Second = 1_000_000_000;
    private const long HalfSecond = Second / 2;

    [Theory]
    [InlineData(0, "0")]
    [InlineData(5, "01")]
    [InlineData(7, "1")]
    [InlineData(9, "12")]
    [InlineData(11, "2")]
    [InlineData(13, "02")]
    [InlineData(15, "0")]
    public void The_next_one_begins_a_second_before_the_former_ends(int halfSeconds, string speaking)
    {
        var schedule = new TurnSchedule(3, "turns", new MeasuredTime());

        Assert.Equal(speaking, string.Concat(Enumerable.Range(0, 3).Where(speaker => schedule.Speaks(speaker, halfSeconds * HalfSecond, now: 0, out _))));
    }

    [Fact]
    public void Turns_are_counted()
    {
        var schedule = new TurnSchedule(3, "turns", new MeasuredTime());

        Assert.True(schedule.Speaks(0, 0, now: 0, out int first));
        Assert.True(schedule.Speaks(0, 6 * Second, now: 0, out int second));

        Assert.Equal((0, 1), (first, second));
    }

    [Fact]
    public void All_speak_always()
    {
        var schedule = new TurnSchedule(3, "all", new MeasuredTime());

        Assert.All(Enumerable.Range(0, 300), i => Assert.True(schedule.Speaks(i % 3, i * Second, now: 0, out int turn) && turn == 0));
    }

    [Fact]
    public void A_surge_is_one_then_all_then_one()
    {
        var measured = new MeasuredTime();
        measured.Set(100 * Second, 130 * Second);
        var schedule = new TurnSchedule(3, "surge", measured);

        int Speaking(long second) => Enumerable.Range(0, 3).Count(speaker => schedule.Speaks(speaker, 0, second * Second, out _));

        Assert.Equal([1, 1, 3, 3, 1, 1], new[] { 50, 105, 110, 119, 120, 140 }.Select(second => Speaking(second)));
    }
}
