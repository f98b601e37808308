using System.ComponentModel;
using System.Diagnostics;
using Sfu.Net;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Net;
using Sfu.Time;

namespace Sfu.Tests.Net;

public sealed class EventLoopTests : IDisposable
{
    private static readonly Instant Start = new(1_000_000);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EventLoop _loop = new();
    private readonly LoopbackPeer _first = new();
    private readonly LoopbackPeer _second = new();
    private readonly LoopbackPeer _sender = new();

    public void Dispose()
    {
        _loop.Dispose();
        _first.Dispose();
        _second.Dispose();
        _sender.Dispose();
    }

    [Fact]
    public void A_deadline_that_has_passed_does_not_sleep() =>
        Assert.Equal(0, _loop.Wait(Start, Start, new int[4]));

    [Fact]
    public void A_deadline_ends_the_wait_and_not_before() => AssertSleeps();

    [Fact]
    public void Readable_sockets_are_told_by_their_tags_until_they_are_read()
    {
        _loop.Add(_first.Socket, 7);
        _loop.Add(_second.Socket, int.MaxValue);
        int[] tags = new int[4];

        _sender.Send(_second.Address, 1);
        Assert.Equal(1, _loop.Wait(Start, Start + Patience, tags));
        Assert.Equal(int.MaxValue, tags[0]);
        Assert.Equal(1, _loop.Wait(Start, Start + Patience, tags));

        _second.Receive(1);
        _sender.Send(_first.Address, 1);
        Assert.Equal(1, _loop.Wait(Start, Start + Patience, tags));
        Assert.Equal(7, tags[0]);
    }

    [Fact]
    public void A_socket_that_found_no_room_among_the_tags_comes_later()
    {
        _loop.Add(_first.Socket, 1);
        _loop.Add(_second.Socket, 2);
        _sender.Send(_first.Address, 1);
        _sender.Send(_second.Address, 1);
        HashSet<int> seen = [];
        int[] tag = new int[1];

        while (seen.Count < 2)
        {
            Assert.Equal(1, _loop.Wait(Start, Start + Patience, tag));
            seen.Add(tag[0]);
            (tag[0] == 1 ? _first : _second).Receive(1);
        }

        Assert.Equal([1, 2], seen.Order());
    }

    [Fact]
    public void A_disposed_socket_leaves_the_loop()
    {
        LoopbackPeer gone = new();
        _loop.Add(gone.Socket, 1);
        _sender.Send(gone.Address, 1);
        gone.Dispose();

        Assert.Equal(0, _loop.Wait(Start, Start, new int[4]));
    }

    [Fact]
    public void A_socket_is_added_once_and_a_tag_is_not_negative()
    {
        _loop.Add(_first.Socket, 1);

        Assert.Throws<Win32Exception>(() => _loop.Add(_first.Socket, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => _loop.Add(_second.Socket, -1));
    }

    [Fact]
    public async Task A_wake_before_the_wait_ends_it_and_only_it()
    {
        _loop.Wake();
        _loop.Wake();

        Assert.Equal(0, await WaitForever());
        Task<int> second = WaitForever();
        _loop.Wake();
        Assert.Equal(0, await second);
        Assert.Equal(0, _loop.Wait(Start, Start + TimeSpan.FromMilliseconds(1), new int[4]));
    }

    [Fact]
    public void A_wake_of_an_owner_that_is_awake_costs_no_system_call()
    {
        for (int i = 0; i < 1000; i++)
            _loop.Wake();

        Assert.Equal(0, _loop.Signals);
    }

    [Fact]
    public async Task Work_posted_before_a_wake_is_found_after_the_wait()
    {
        const int rounds = 20_000;
        long posted = 0;
        Task producer = Task.Run(() =>
        {
            for (int i = 0; i < rounds; i++)
            {
                Interlocked.Increment(ref posted);
                _loop.Wake();
            }
        }, TestContext.Current.CancellationToken);

        // A wake that got lost leaves this asleep for good.
        Task consumer = Task.Run(() =>
        {
            while (Interlocked.Read(ref posted) < rounds)
                _loop.Wait(Start, Instant.Never, new int[1]);
        }, TestContext.Current.CancellationToken);

        await Task.WhenAll(producer, consumer).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task After_a_wake_of_a_sleeping_owner_it_sleeps_again()
    {
        bool stop = false;
        Task owner = Task.Run(() =>
        {
            while (!Volatile.Read(ref stop))
                _loop.Wait(Start, Instant.Never, new int[1]);
        }, TestContext.Current.CancellationToken);
        while (_loop.Signals == 0)
            _loop.Wake();
        Volatile.Write(ref stop, true);
        _loop.Wake();
        await owner.WaitAsync(Patience, TestContext.Current.CancellationToken);

        // The last wakes may have come after the last wait.
        _loop.Wait(Start, Start, new int[1]);
        _loop.Wait(Start, Start, new int[1]);
        AssertSleeps();
    }

    [Fact]
    public void A_wake_after_the_disposal_is_ignored()
    {
        EventLoop loop = new();
        loop.Dispose();

        loop.Wake();

        Assert.Equal(0, loop.Signals);
    }

    [Fact]
    public void Waiting_allocates_nothing()
    {
        _loop.Add(_first.Socket, 1);
        _sender.Send(_first.Address, 1);
        int[] tags = new int[1];

        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                _loop.Wake();
                _loop.Wait(Start, Start, tags);
            }
        });

        Assert.Equal(0, allocated);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-5, 0)]
    [InlineData(1, 1)]
    [InlineData(999, 1)]
    [InlineData(1000, 1)]
    [InlineData(1001, 2)]
    [InlineData(long.MaxValue / 2, int.MaxValue)]
    public void Microseconds_are_rounded_up_to_milliseconds(long microseconds, int milliseconds) =>
        Assert.Equal(milliseconds, EventLoop.Milliseconds(Start, new Instant(Start.Microseconds + microseconds)));

    [Fact]
    public void Without_a_precise_call_it_sleeps_by_the_millisecond()
    {
        using var loop = new EventLoop(precise: false);
        long before = Stopwatch.GetTimestamp();

        Assert.Equal(0, loop.Wait(Start, Start + TimeSpan.FromMicroseconds(1_500), new int[4]));

        Assert.True(Stopwatch.GetElapsedTime(before) >= TimeSpan.FromMilliseconds(2));
    }

    [Fact]
    public void Never_is_forever() => Assert.Equal(-1, EventLoop.Milliseconds(Start, Instant.Never));

    /// <summary>A slow machine sleeps longer, and no machine sleeps shorter.</summary>
    private void AssertSleeps()
    {
        TimeSpan sleep = TimeSpan.FromMilliseconds(20);
        long before = Stopwatch.GetTimestamp();
        Assert.Equal(0, _loop.Wait(Start, Start + sleep, new int[4]));
        Assert.True(Stopwatch.GetElapsedTime(before) >= sleep);
    }

    private Task<int> WaitForever() =>
        Task.Run(() => _loop.Wait(Start, Instant.Never, new int[4])).WaitAsync(Patience);
}
