using BenchmarkDotNet.Attributes;
using Sfu.Microbenchmarks.Support;
using Sfu.Time;
using Sfu.Timers;

namespace Sfu.Microbenchmarks.Timers;

/// <summary>5,000 timers that are each scheduled some time within 30 s, and fire; figures are for one timer.</summary>
public class TimerTurns
{
    private const int Timers = 5_000;
    private const int Milliseconds = 30_000;
    private const int Step = 10;

    private readonly TimerWheel _wheel = new(default);
    private readonly PriorityQueue<CountingTimer, long> _queue = new(Timers);
    private readonly CountingTimer[] _timers = [.. Enumerable.Range(0, Timers).Select(_ => new CountingTimer())];
    private readonly int[] _delays = new int[Timers];
    private Instant _now = new(1_000_000);

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (int i = 0; i < Timers; i++)
            _delays[i] = random.Next(1, Milliseconds);
        Queue();
        Wheel();
        Require.That(_timers.All(timer => timer.Fired == 2), "A timer did not fire, or fired twice.");
    }

    /// <summary>The base library's heap.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Timers)]
    public void Queue()
    {
        for (int i = 0; i < Timers; i++)
            _queue.Enqueue(_timers[i], _delays[i]);
        for (int time = 0; time <= Milliseconds; time += Step)
        {
            while (_queue.TryPeek(out CountingTimer? timer, out long due) && due <= time)
            {
                _queue.Dequeue();
                timer.Fire();
            }
        }
    }

    [Benchmark(OperationsPerInvoke = Timers)]
    public void Wheel()
    {
        for (int i = 0; i < Timers; i++)
            _wheel.Schedule(_timers[i], _now + TimeSpan.FromMilliseconds(_delays[i]));
        for (int time = 0; time <= Milliseconds; time += Step)
        {
            _now += TimeSpan.FromMilliseconds(Step);
            _wheel.Advance(_now);
        }
    }

    private sealed class CountingTimer : TimerEntry
    {
        public int Fired { get; private set; }

        public void Fire() => Fired++;

        protected internal override void OnDue(Instant now) => Fire();
    }
}
