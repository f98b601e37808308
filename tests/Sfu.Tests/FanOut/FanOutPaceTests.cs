using Sfu.FanOut;
using Sfu.Time;

namespace Sfu.Tests.FanOut;

public sealed class FanOutPaceTests
{
    private const int Listeners = 2_500;
    private const int Chunk = 250;

    private static readonly TimeSpan FiveMicroseconds = TimeSpan.FromMicroseconds(5);

    private FanOutPace _pace = new();
    private Instant _now = new(1_000_000);

    [Fact]
    public void What_costs_nothing_is_sent_at_once()
    {
        Publish(TimeSpan.FromMilliseconds(7), packets: 100);

        Assert.Equal(TimeSpan.Zero, _pace.PassTime(Listeners));
        Assert.Equal(Chunk, _pace.Take(_now, Listeners, Chunk, out _));
    }

    [Fact]
    public void A_single_speaker_never_waits()
    {
        Work();
        Publish(TimeSpan.FromMilliseconds(20), packets: 200);

        Assert.Equal(TimeSpan.Zero, _pace.PassTime(Listeners));
    }

    [Fact]
    public void A_small_room_never_waits()
    {
        Work();
        Publish(TimeSpan.FromMilliseconds(20.0 / 3), packets: 200);

        Assert.Equal(TimeSpan.Zero, _pace.PassTime(listeners: 500));
    }

    [Fact]
    public void Several_speakers_and_many_listeners_make_a_pass_last_nearly_as_long_as_a_packet()
    {
        Work();
        Publish(TimeSpan.FromMilliseconds(20.0 / 3), packets: 200);

        Assert.Equal(FanOutPace.LongestPass, _pace.PassTime(Listeners));
    }

    [Fact]
    public void A_pass_is_stretched_to_twice_its_work()
    {
        Work();
        Publish(TimeSpan.FromMilliseconds(20.0 / 3), packets: 200);

        Assert.Equal(10, _pace.PassTime(listeners: 1_000).TotalMilliseconds, precision: 1);
    }

    [Fact]
    public void Silence_ends_the_waiting_soon()
    {
        Work();
        Publish(TimeSpan.FromMilliseconds(20.0 / 3), packets: 200);
        Publish(TimeSpan.FromSeconds(10), packets: 1);
        Publish(TimeSpan.FromMilliseconds(20), packets: 60);

        Assert.Equal(TimeSpan.Zero, _pace.PassTime(Listeners));
    }

    [Fact]
    public void What_is_published_together_leaves_at_once_and_the_next_pass_takes_its_time()
    {
        Work();
        Publish(TimeSpan.FromMilliseconds(20.0 / 3), packets: 200);
        _pace.Take(_now, Listeners, Chunk, out _);
        _now += FanOutPace.LongestPass;

        for (int i = 0; i < Listeners / Chunk; i++)
            Assert.Equal(Chunk, _pace.Take(_now, Listeners, Chunk, out _));
        Assert.Equal(0, _pace.Take(_now, Listeners, Chunk, out Instant next));
        Assert.Equal((FanOutPace.LongestPass * Chunk / Listeners).TotalMilliseconds, (next - _now).TotalMilliseconds, precision: 2);
        Assert.Equal(Chunk, _pace.Take(next, Listeners, Chunk, out _));
    }

    [Fact]
    public void A_pass_under_way_goes_on_at_full_speed_when_the_others_fall_silent()
    {
        Work();
        Publish(TimeSpan.FromMilliseconds(20.0 / 3), packets: 200);
        while (_pace.Take(_now, Listeners, Chunk, out _) > 0)
        {
        }

        Publish(TimeSpan.FromMilliseconds(20), packets: 200);

        Assert.Equal(Chunk, _pace.Take(_now, Listeners, Chunk, out _));
    }

    [Theory]
    [InlineData(5, 250)]
    [InlineData(40, 50)]
    [InlineData(1_000, 16)]
    public void Visits_that_take_long_are_fewer_between_two_looks_at_the_sockets(int microseconds, int visits)
    {
        Assert.Equal(Chunk, _pace.VisitsInChunk(Chunk));

        Work(TimeSpan.FromMicroseconds(microseconds));

        Assert.InRange(_pace.VisitsInChunk(Chunk), visits, visits + 1);
        Assert.Equal(1, _pace.VisitsInChunk(1));
    }

    private void Work() => Work(FiveMicroseconds);

    private void Work(TimeSpan visit)
    {
        for (int i = 0; i < 200; i++)
            _pace.Worked(visit * Chunk, Chunk);
    }

    private void Publish(TimeSpan interval, int packets)
    {
        for (int i = 0; i < packets; i++)
        {
            _now += interval;
            _pace.Published(_now);
        }
    }
}
