using Sfu.Dtls;
using Sfu.TestKit.Fuzzing;

namespace Sfu.Tests.Dtls;

/// <summary>Fake time, a lossy network, and the demand that every handshake recovers.</summary>
public sealed class LossTests
{
    /// <summary>Makes a flight several datagrams long.</summary>
    private const int SmallMtu = 300;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(10);

    [Theory]
    [InlineData(DtlsContext.DefaultMtu)]
    [InlineData(SmallMtu)]
    public void The_loss_of_any_one_datagram_is_recovered_from(int mtu)
    {
        for (int lost = 0; lost < DatagramsWithoutLoss(mtu); lost++)
        {
            using var pair = new HandshakePair(mtu);
            pair.Link.Fate = (_, number) => number == lost ? [] : [Latency];
            pair.Link.Run();
            pair.AssertCompleted();
            Assert.InRange(pair.Link.Now - HandshakePair.Start, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [InlineData(DtlsContext.DefaultMtu)]
    [InlineData(SmallMtu)]
    public void The_loss_of_any_two_datagrams_is_recovered_from(int mtu)
    {
        int count = DatagramsWithoutLoss(mtu) * 2;
        for (int first = 0; first < count; first++)
        {
            for (int second = first + 1; second < count; second++)
            {
                using var pair = new HandshakePair(mtu);
                pair.Link.Fate = (_, number) => number == first || number == second ? [] : [Latency];
                pair.Link.Run();
                pair.AssertCompleted();
            }
        }
    }

    [Theory]
    [InlineData(DtlsContext.DefaultMtu, 40)]
    [InlineData(SmallMtu, 20)]
    public void Random_loss_reordering_and_repetition_are_recovered_from(int mtu, int lossPercent)
    {
        for (ulong seed = 1; seed <= 150; seed++)
        {
            var random = new SplitMix(seed);
            using var pair = new HandshakePair(mtu);
            pair.Link.Fate = (_, _) =>
            {
                if (random.Next(100) < lossPercent)
                    return [];
                TimeSpan delay = TimeSpan.FromMilliseconds(5 + random.Next(60));
                return random.Next(5) == 0 ? [delay, delay + TimeSpan.FromMilliseconds(random.Next(300))] : [delay];
            };
            pair.Link.Run();
            pair.AssertCompleted();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_flight_that_arrives_backwards_is_put_together(bool toServer)
    {
        using var pair = new HandshakePair(SmallMtu);
        pair.Link.Fate = (direction, number) =>
            [direction == toServer ? TimeSpan.FromMilliseconds(100 - number) : Latency];
        pair.Link.Run();

        pair.AssertCompleted();
        Assert.InRange(pair.Link.Now - HandshakePair.Start, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Everything_twice_is_as_good_as_once()
    {
        using var pair = new HandshakePair(SmallMtu);
        pair.Link.Fate = (_, _) => [Latency, Latency];
        pair.Link.Run();
        pair.AssertCompleted();
    }

    /// <summary>What NSS does: a message that comes too early is thrown away although its record counts as received.</summary>
    [Fact]
    public void A_receiver_that_keeps_no_early_messages_is_served_with_fresh_record_numbers()
    {
        for (int lost = 0; lost < DatagramsWithoutLoss(SmallMtu); lost++)
        {
            using var pair = new HandshakePair(SmallMtu);
            var client = new ForgetfulReceiver();
            var server = new ForgetfulReceiver();
            pair.Link.Fate = (_, number) => number == lost ? [] : [Latency];
            pair.Link.Deliver = (toServer, datagram) => (toServer ? server : client).Takes(datagram);
            pair.Link.Run();
            pair.AssertCompleted();
        }
    }

    [Fact]
    public void A_client_that_lost_our_final_flight_completes_by_its_bytes_although_openssl_is_gone()
    {
        using var pair = new HandshakePair();
        pair.Link.Fate = (_, number) => number == 3 ? [] : [Latency];
        pair.Link.Run();

        pair.AssertCompleted();
        Assert.Equal(6, pair.Link.Sent);
        Assert.NotNull(pair.Link.ServerResult!.FinalFlight);
    }

    [Fact]
    public void A_repeated_client_hello_is_answered_before_our_own_timer_runs_out()
    {
        using var pair = new HandshakePair();
        byte[] buffer = new byte[DtlsContext.DefaultMtu];
        Assert.True(pair.Client.TryTakeOutgoing(buffer, out int length));
        byte[] hello = buffer[..length];
        pair.Server.Receive(hello, HandshakePair.Start);
        Assert.True(pair.Server.TryTakeOutgoing(buffer, out int flight));

        pair.Server.Receive(hello, HandshakePair.Start + TimeSpan.FromMilliseconds(10));
        Assert.False(pair.Server.TryTakeOutgoing(buffer, out _));

        pair.Server.Receive(hello, HandshakePair.Start + TimeSpan.FromMilliseconds(50));
        Assert.True(pair.Server.TryTakeOutgoing(buffer, out length));
        Assert.Equal(flight, length);
    }

    [Fact]
    public void Total_loss_ends_both_sides_within_half_a_minute()
    {
        using var pair = new HandshakePair();
        pair.Link.Fate = (toServer, _) => toServer ? [Latency] : [];
        pair.Link.Run();

        Assert.Equal("timed out", pair.Client.Failure);
        Assert.Equal("timed out", pair.Server.Failure);
        Assert.Equal(TimeSpan.FromSeconds(30), pair.Link.Now - HandshakePair.Start);
        Assert.InRange(pair.Link.Sent, 10, 50);
    }

    private static int DatagramsWithoutLoss(int mtu)
    {
        using var pair = new HandshakePair(mtu);
        pair.Link.Run();
        pair.AssertCompleted();
        return pair.Link.Sent;
    }
}
