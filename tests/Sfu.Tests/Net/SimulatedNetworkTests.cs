using Sfu.Net;
using Sfu.TestKit.Net;
using Sfu.Time;

namespace Sfu.Tests.Net;

public sealed class SimulatedNetworkTests
{
    private static readonly Instant Start = new(1_000_000);
    private static readonly TransportAddress Alice = TransportAddress.FromIPv4(0x0A00_0001, 1000);
    private static readonly TransportAddress Bob = TransportAddress.FromIPv4(0x0A00_0002, 2000);

    private readonly SimulatedNetwork _network = new(seed: 1);
    private readonly List<(TransportAddress From, int Number, Instant At)> _received = [];

    public SimulatedNetworkTests()
    {
        _network.Attach(Bob, (from, datagram, now) => _received.Add((from, BitConverter.ToInt32(datagram), now)));
    }

    [Fact]
    public void A_datagram_arrives_after_the_delay_and_not_before()
    {
        _network.SetConditions(new LinkConditions { Delay = TimeSpan.FromMilliseconds(20) });
        Send(1, Start);

        Instant arrival = _network.Next;
        Assert.InRange((arrival - Start).TotalMilliseconds, 20, 20.01);
        Assert.Equal(0, _network.Deliver(new Instant(arrival.Microseconds - 1)));
        Assert.Equal(1, _network.Deliver(arrival));
        Assert.Equal([(Alice, 1, arrival)], _received);
        Assert.Equal(Instant.Never, _network.Next);
    }

    [Fact]
    public void The_order_is_kept_under_jitter()
    {
        _network.SetConditions(new LinkConditions { Jitter = TimeSpan.FromMilliseconds(100) });
        SendMany(1000);

        Assert.Equal(Enumerable.Range(0, 1000), _received.Select(datagram => datagram.Number));
    }

    [Fact]
    public void Reordering_lets_some_be_overtaken_and_loses_none()
    {
        _network.SetConditions(new LinkConditions { Reorder = 0.1 });
        SendMany(1000);

        int[] numbers = [.. _received.Select(datagram => datagram.Number)];
        Assert.Equal(Enumerable.Range(0, 1000), numbers.Order());
        Assert.InRange(numbers.Zip(numbers.Skip(1)).Count(pair => pair.Second < pair.First), 20, 200);
    }

    [Fact]
    public void Loss_is_about_what_was_asked_for_and_is_counted()
    {
        _network.SetConditions(new LinkConditions { Loss = 0.05 });
        SendMany(10_000);

        Assert.InRange(_network.Lost, 350, 650);
        Assert.Equal(10_000, _network.Lost + _received.Count);
        Assert.Equal(_received.Count, _network.Delivered);
    }

    [Fact]
    public void Bursts_lose_several_in_a_row()
    {
        _network.SetConditions(new LinkConditions { BurstStart = 0.01, BurstEnd = 0.1 });
        SendMany(10_000);

        int[] numbers = [.. _received.Select(datagram => datagram.Number)];
        int[] bursts = [.. numbers.Zip(numbers.Skip(1)).Select(pair => pair.Second - pair.First - 1).Where(gap => gap > 0)];
        Assert.InRange(bursts.Average(), 7, 14);
    }

    [Fact]
    public void Duplicates_come_on_top()
    {
        _network.SetConditions(new LinkConditions { Duplicate = 0.2 });
        SendMany(1000);

        Assert.InRange(_network.Duplicated, 140, 260);
        Assert.Equal(1000 + _network.Duplicated, _received.Count);
    }

    [Fact]
    public void A_limited_line_spreads_a_burst_and_keeps_what_fits()
    {
        // 32 bytes with headers: 256 bits, 1 ms each.
        _network.SetConditions(new LinkConditions { BitsPerSecond = 256_000, Delay = TimeSpan.FromMilliseconds(5) });
        for (int i = 0; i < 50; i++)
            Send(i, Start);
        _network.Deliver(Start + TimeSpan.FromSeconds(1));

        Assert.Equal(50, _received.Count);
        Assert.All(_received, datagram => Assert.Equal(6 + datagram.Number, (datagram.At - Start).TotalMilliseconds, 0.01));
    }

    [Fact]
    public void A_limited_line_loses_what_would_wait_too_long_and_recovers()
    {
        _network.SetConditions(new LinkConditions { BitsPerSecond = 256_000, LongestQueue = TimeSpan.FromMilliseconds(20) });
        for (int i = 0; i < 50; i++)
            Send(i, Start);
        _network.Deliver(Start + TimeSpan.FromMilliseconds(30));
        Assert.Equal(21, _received.Count);
        Assert.Equal(29, _network.Lost);

        Send(99, Start + TimeSpan.FromMilliseconds(30));
        _network.Deliver(Start + TimeSpan.FromMilliseconds(32));
        Assert.Equal(99, _received[^1].Number);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        LinkConditions rough = new()
        {
            Delay = TimeSpan.FromMilliseconds(30),
            Jitter = TimeSpan.FromMilliseconds(20),
            Loss = 0.1,
            Reorder = 0.1,
            Duplicate = 0.1,
        };

        Assert.Equal(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));

        List<(int Number, Instant At)> Run(int seed)
        {
            SimulatedNetwork network = new(seed);
            List<(int Number, Instant At)> received = [];
            network.SetConditions(rough);
            network.Attach(Bob, (_, datagram, now) => received.Add((datagram[0], now)));
            for (byte i = 0; i < 200; i++)
                network.Send(Alice, Bob, [i], Start + TimeSpan.FromMilliseconds(i));
            network.Deliver(Start + TimeSpan.FromSeconds(10));
            return received;
        }
    }

    [Fact]
    public void Conditions_of_one_direction_leave_the_other_alone()
    {
        int answers = 0;
        _network.Attach(Alice, (_, _, _) => answers++);
        _network.SetConditions(Alice, Bob, new LinkConditions { Loss = 1 });
        Send(1, Start);
        _network.Send(Bob, Alice, [1], Start);
        _network.Deliver(Start + TimeSpan.FromSeconds(1));

        Assert.Empty(_received);
        Assert.Equal(1, answers);
    }

    [Fact]
    public void An_answer_given_from_a_handler_arrives_in_the_same_delivery()
    {
        int answers = 0;
        _network.Attach(Bob, (from, datagram, now) => _network.Send(Bob, from, datagram, now));
        _network.Attach(Alice, (_, _, _) => answers++);
        Send(1, Start);

        Assert.Equal(2, _network.Deliver(Start + TimeSpan.FromSeconds(1)));
        Assert.Equal(1, answers);
    }

    [Fact]
    public void An_endless_exchange_still_ends_with_the_time()
    {
        _network.Attach(Bob, (from, datagram, now) => _network.Send(Bob, from, datagram, now));
        _network.Attach(Alice, (from, datagram, now) => _network.Send(Alice, from, datagram, now));
        Send(1, Start);

        Assert.InRange(_network.Deliver(Start + TimeSpan.FromMilliseconds(1)), 1, 1000);
    }

    [Fact]
    public void What_goes_to_nobody_is_counted()
    {
        _network.Detach(Bob);
        Send(1, Start);
        _network.Deliver(Start + TimeSpan.FromSeconds(1));

        Assert.Equal(1, _network.Unreachable);
        Assert.Equal(0, _network.Delivered);
    }

    [Fact]
    public void A_simulated_sender_sends_segments_as_datagrams_from_its_socket_at_the_flush()
    {
        SimulatedSender sender = new(_network, null, Alice) { Now = Start };
        sender.Reserve(8)[..8].Clear();
        sender.Commit(new NetworkPath(0, Bob), 8, 4);
        Assert.Equal(0, _network.InFlight);

        sender.Flush();
        sender.Flush();

        Assert.Equal(2, _network.Deliver(Start + TimeSpan.FromSeconds(1)));
        Assert.All(_received, datagram => Assert.Equal(Alice, datagram.From));
    }

    private void Send(int number, Instant now) => _network.Send(Alice, Bob, BitConverter.GetBytes(number), now);

    private void SendMany(int count)
    {
        for (int i = 0; i < count; i++)
            Send(i, Start + TimeSpan.FromMilliseconds(i));
        _network.Deliver(Start + TimeSpan.FromMilliseconds(count) + TimeSpan.FromSeconds(10));
    }
}
