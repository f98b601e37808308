using Sfu.Time;
using Sfu.Timers;

namespace Sfu.Tests.Timers;

/// <summary>The wheel against a naive list, by random operations, from callbacks too.</summary>
public sealed class TimerWheelPropertyTests
{
    private const long Tick = 1000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void It_does_what_a_sorted_list_does(int seed) => new Run(seed).Go(steps: 20_000);

    private sealed class Run
    {
        private readonly Random _random;
        private readonly TimerWheel _wheel;
        private readonly CallbackTimer[] _timers = new CallbackTimer[200];

        /// <summary>What waits, and the tick it fires in.</summary>
        private readonly Dictionary<CallbackTimer, long> _model = [];
        private Instant _now;
        private long _lastFiredTick;

        public Run(int seed)
        {
            _random = new Random(seed);
            _now = new Instant(_random.NextInt64(1, 1L << 40));
            _wheel = new TimerWheel(_now);
            for (int i = 0; i < _timers.Length; i++)
                _timers[i] = new CallbackTimer(OnDue);
        }

        public void Go(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                if (_random.Next(4) == 0)
                    Advance();
                else
                    ScheduleOrCancel();
                Check();
            }
        }

        private void Advance()
        {
            // As a worker does, or past many timers at once, or not at all.
            _now = _random.Next(3) switch
            {
                0 when _wheel.Next != Instant.Never => Later(_now, _wheel.Next),
                1 => new Instant(_now.Microseconds + _random.NextInt64(2 * Tick)),
                _ => new Instant(_now.Microseconds + Distance()),
            };
            _lastFiredTick = 0;
            _wheel.Advance(_now);
            Assert.DoesNotContain(_model.Values, tick => tick <= _now.Microseconds / Tick);
        }

        private void OnDue(CallbackTimer timer, Instant now)
        {
            Assert.Equal(_now, now);
            Assert.True(_model.Remove(timer, out long tick), "it fired without being scheduled");
            Assert.True(tick <= now.Microseconds / Tick, "it fired early");
            Assert.True(tick >= _lastFiredTick, "it fired out of order");
            _lastFiredTick = tick;
            for (int i = _random.Next(3); i > 0; i--)
                ScheduleOrCancel();
        }

        private void ScheduleOrCancel()
        {
            CallbackTimer timer = _timers[_random.Next(_timers.Length)];
            if (_random.Next(4) == 0)
            {
                _wheel.Cancel(timer);
                _model.Remove(timer);
                return;
            }

            Instant due = new(_now.Microseconds + Distance() - _random.Next(3) * Tick);
            _wheel.Schedule(timer, due);
            long dueTick = (due.Microseconds + Tick - 1) / Tick;
            _model[timer] = Math.Max(dueTick, _now.Microseconds / Tick + 1);
        }

        private void Check()
        {
            Assert.Equal(_model.Count, _wheel.Count);
            if (_model.Count == 0)
            {
                Assert.Equal(Instant.Never, _wheel.Next);
                return;
            }

            long earliest = _model.Values.Min();
            Assert.InRange(_wheel.Next.Microseconds, _now.Microseconds / Tick * Tick + 1, earliest * Tick);
        }

        /// <summary>Microseconds, of every order of magnitude up to years.</summary>
        private long Distance() => _random.NextInt64(1L << _random.Next(1, 46));

        private static Instant Later(Instant left, Instant right) => left > right ? left : right;
    }
}
