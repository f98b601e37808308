using System.Net;
using Sfu.Ice;
using Sfu.Workers;

namespace Sfu.Tests.Workers;

public sealed class AdvertisedCandidatesTests
{
    private static readonly IPEndPoint Bound4 = new(IPAddress.Loopback, 40_000);
    private static readonly IPEndPoint Tcp4 = new(IPAddress.Loopback, 443);
    private static readonly IPEndPoint Tcp6 = new(IPAddress.IPv6Loopback, 443);
    private static readonly IPEndPoint Bound6 = new(IPAddress.IPv6Loopback, 40_001);

    [Fact]
    public void Bound_addresses_are_told_as_they_are_when_no_others_are_named()
    {
        Assert.Equal([Bound4, Bound6], Of(new SfuOptions(), Bound4, Bound6));
    }

    [Fact]
    public void Several_outside_addresses_are_told_each_with_the_port_of_its_family()
    {
        IPAddress[] outside = [IPAddress.Parse("203.0.113.7"), IPAddress.Parse("198.51.100.9"), IPAddress.Parse("2001:db8::7")];

        IEnumerable<IPEndPoint> told = Of(new SfuOptions { AdvertisedAddresses = outside }, Bound6, Bound4);

        Assert.Equal([new(outside[0], 40_000), new(outside[1], 40_000), new(outside[2], 40_001)], told);
    }

    [Fact]
    public void An_ipv4_address_in_front_of_a_dual_stack_socket_gets_its_port()
    {
        IPAddress outside = IPAddress.Parse("203.0.113.7");

        Assert.Equal([new(outside, 40_001)], Of(new SfuOptions { AdvertisedAddresses = [outside] }, new IPEndPoint(IPAddress.IPv6Any, 40_001)));
    }

    [Fact]
    public void Of_a_wildcard_nobody_is_told_the_wildcard()
    {
        Assert.DoesNotContain(Of(new SfuOptions(), new IPEndPoint(IPAddress.Any, 40_000)), e => e.Address.Equals(IPAddress.Any));
    }

    [Fact]
    public void Priorities_are_distinct_and_fall_in_the_order_of_the_addresses()
    {
        IReadOnlyList<IceCandidate> candidates = AdvertisedCandidates.Of(new SfuOptions(), [Bound4, Bound6], [Tcp4, Tcp6]);

        Assert.Equal(candidates.OrderByDescending(c => c.Priority), candidates);
        Assert.Equal(4, candidates.Select(c => c.Priority).Distinct().Count());
        Assert.Equal(4, candidates.Select(c => c.Foundation).Distinct().Count());
    }

    [Fact]
    public void The_tcp_port_is_told_of_every_address_behind_the_udp_ports()
    {
        IReadOnlyList<IceCandidate> candidates = AdvertisedCandidates.Of(
            new SfuOptions { AdvertisedAddresses = [IPAddress.Parse("203.0.113.7")] }, [Bound4], [Tcp4]);

        Assert.Equal(
            ["4 1 udp 2130706431 203.0.113.7 40000 typ host", "4t 1 tcp 1520435199 203.0.113.7 443 typ host tcptype passive"],
            candidates.Select(c => c.ToString()));
    }

    private static IEnumerable<IPEndPoint> Of(SfuOptions options, params IPEndPoint[] bound) =>
        AdvertisedCandidates.Of(options, bound, tcp: []).Select(c => c.EndPoint);
}
