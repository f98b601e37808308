using Sfu.TestKit.Diagnostics;
using Sfu.Time;
using Sfu.Timers;

namespace Sfu.Tests.Timers;

public sealed class TimerWheelTests
{
    private static readonly Instant Start = new(5_000_300);

    private readonly TimerWheel _wheel = new(Start);
    private readonly List<string> _fired = [];

    [Fact]
    public void A_timer_fires_once_and_not_early()
    {
        CallbackTimer timer = Named("a");
        Instant due = Start + TimeSpan.FromMilliseconds(10);
        _wheel.Schedule(timer, due);
        Assert.Equal(due, timer.Due);

        _wheel.Advance(new Instant(due.Microseconds - 1));
        Assert.Empty(_fired);
        Assert.True(timer.IsScheduled);

        _wheel.Advance(due + TimeSpan.FromMilliseconds(1));
        _wheel.Advance(due + TimeSpan.FromMilliseconds(100));
        Assert.Equal(["a"], _fired);
        Assert.False(timer.IsScheduled);
        Assert.Equal(0, _wheel.Count);
    }

    [Theory]
    [InlineData(6_000_000)]
    [InlineData(6_000_001)]
    [InlineData(6_000_999)]
    public void It_fires_by_the_end_of_its_millisecond(long due)
    {
        _wheel.Schedule(Named("a"), new Instant(due));

        _wheel.Advance(new Instant(due - 1));
        Assert.Empty(_fired);

        _wheel.Advance(new Instant((due + 999) / 1000 * 1000));
        Assert.Equal(["a"], _fired);
    }

    [Fact]
    public void Next_is_when_a_near_timer_fires()
    {
        Assert.Equal(Instant.Never, _wheel.Next);

        _wheel.Schedule(Named("late"), new Instant(5_100_000));
        _wheel.Schedule(Named("early"), new Instant(5_050_001));
        Assert.Equal(new Instant(5_051_000), _wheel.Next);

        _wheel.Advance(_wheel.Next);
        Assert.Equal(["early"], _fired);
        Assert.Equal(new Instant(5_100_000), _wheel.Next);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(16_777_215)]
    [InlineData(16_777_216)]
    [InlineData(4_294_967_295)]
    [InlineData(4_294_967_296)]
    [InlineData(20_000_000_000)]
    public void However_far_it_is_it_fires_in_its_millisecond_when_one_wakes_at_every_Next(long milliseconds)
    {
        Instant due = Start + TimeSpan.FromMilliseconds(milliseconds);
        Instant firedAt = Instant.Never;
        _wheel.Schedule(new CallbackTimer((_, now) => firedAt = now), due);

        int turns = 0;
        while (_wheel.Next != Instant.Never)
        {
            Assert.True(_wheel.Next <= due + TimeSpan.FromMilliseconds(1));
            _wheel.Advance(_wheel.Next);
            turns++;
        }

        Assert.InRange((firedAt - due).TotalMilliseconds, 0, 1);
        Assert.InRange(turns, 1, 12);
    }

    [Fact]
    public void One_jump_over_everything_fires_all_in_the_order_of_their_times()
    {
        long[] milliseconds = [70_000, 3, 500, 20_000_000, 4, 299, 65_536, 256];
        foreach (long due in milliseconds)
            _wheel.Schedule(Named($"{due}"), Start + TimeSpan.FromMilliseconds(due));

        _wheel.Advance(Start + TimeSpan.FromDays(1));

        Assert.Equal(milliseconds.Order().Select(due => $"{due}"), _fired);
    }

    [Fact]
    public void Rescheduling_replaces_the_earlier_time()
    {
        CallbackTimer timer = Named("a");
        _wheel.Schedule(timer, Start + TimeSpan.FromMilliseconds(5));
        _wheel.Schedule(timer, Start + TimeSpan.FromMilliseconds(500));
        Assert.Equal(1, _wheel.Count);

        _wheel.Advance(Start + TimeSpan.FromMilliseconds(400));
        Assert.Empty(_fired);

        _wheel.Schedule(timer, Start + TimeSpan.FromMilliseconds(410));
        _wheel.Advance(Start + TimeSpan.FromMilliseconds(411));
        Assert.Equal(["a"], _fired);
    }

    [Fact]
    public void A_cancelled_timer_does_not_fire_and_may_be_cancelled_again()
    {
        CallbackTimer timer = Named("a");
        _wheel.Cancel(timer);
        _wheel.Schedule(timer, Start + TimeSpan.FromMilliseconds(5));
        _wheel.Cancel(timer);
        _wheel.Cancel(timer);

        Assert.Equal(0, _wheel.Count);
        Assert.Equal(Instant.Never, _wheel.Next);
        _wheel.Advance(Start + TimeSpan.FromSeconds(1));
        Assert.Empty(_fired);
    }

    [Fact]
    public void Scheduling_for_never_cancels()
    {
        CallbackTimer timer = Named("a");
        _wheel.Schedule(timer, Start + TimeSpan.FromMilliseconds(5));
        _wheel.Schedule(timer, Instant.Never);

        Assert.False(timer.IsScheduled);
        Assert.Equal(Instant.Never, _wheel.Next);
    }

    [Fact]
    public void A_time_that_has_passed_fires_in_the_next_millisecond()
    {
        _wheel.Advance(Start + TimeSpan.FromSeconds(10));
        _wheel.Schedule(Named("a"), Start);

        Instant next = _wheel.Next;
        Assert.InRange((next - (Start + TimeSpan.FromSeconds(10))).TotalMilliseconds, 0, 1);
        _wheel.Advance(next);
        Assert.Equal(["a"], _fired);
    }

    [Fact]
    public void A_timer_that_reschedules_itself_for_now_fires_once_a_turn()
    {
        int fired = 0;
        CallbackTimer timer = new((self, now) =>
        {
            fired++;
            _wheel.Schedule(self, now);
        });
        _wheel.Schedule(timer, Start);

        _wheel.Advance(Start + TimeSpan.FromHours(1));
        Assert.Equal(1, fired);
        _wheel.Advance(Start + TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, fired);
    }

    [Fact]
    public void A_callback_may_cancel_a_timer_of_the_same_millisecond()
    {
        Instant due = Start + TimeSpan.FromMilliseconds(3);
        CallbackTimer[] timers = new CallbackTimer[3];
        for (int i = 0; i < timers.Length; i++)
        {
            timers[i] = new CallbackTimer((self, _) =>
            {
                _fired.Add("one");
                foreach (CallbackTimer other in timers)
                    _wheel.Cancel(other);
            });
            _wheel.Schedule(timers[i], due);
        }

        _wheel.Advance(Start + TimeSpan.FromMilliseconds(5));

        Assert.Equal(["one"], _fired);
        Assert.Equal(0, _wheel.Count);
    }

    [Fact]
    public void Time_that_goes_back_fires_nothing_and_breaks_nothing()
    {
        _wheel.Advance(Start + TimeSpan.FromSeconds(10));
        _wheel.Schedule(Named("a"), Start + TimeSpan.FromSeconds(11));

        _wheel.Advance(Start);
        Assert.Empty(_fired);
        _wheel.Advance(Start + TimeSpan.FromSeconds(12));
        Assert.Equal(["a"], _fired);
    }

    [Fact]
    public void Scheduling_and_firing_allocate_nothing()
    {
        CallbackTimer[] timers = new CallbackTimer[1000];
        for (int i = 0; i < timers.Length; i++)
            timers[i] = new CallbackTimer((self, now) => _wheel.Schedule(self, now + TimeSpan.FromMilliseconds(300)));
        Instant now = Start;

        long allocated = Allocations.Of(() =>
        {
            for (int round = 0; round < 20; round++)
            {
                for (int i = 0; i < timers.Length; i++)
                    _wheel.Schedule(timers[i], now + TimeSpan.FromMilliseconds(i));
                now += TimeSpan.FromMilliseconds(50);
                _wheel.Advance(now);
            }
        });

        Assert.Equal(0, allocated);
    }

    private CallbackTimer Named(string name) => new((_, _) => _fired.Add(name));
}
