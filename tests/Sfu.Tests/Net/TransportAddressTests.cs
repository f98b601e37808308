using System.Net;
using Sfu.Net;

namespace Sfu.Tests.Net;

public sealed class TransportAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", 1)]
    [InlineData("203.0.113.77", 65535)]
    [InlineData("::1", 4000)]
    [InlineData("2001:db8::1:2:3", 10_000)]
    [InlineData("fe80::1%3", 5)]
    public void An_end_point_survives_the_way_there_and_back(string address, int port)
    {
        IPEndPoint endPoint = new(IPAddress.Parse(address), port);

        Assert.Equal(endPoint, TransportAddress.From(endPoint).ToIPEndPoint());
    }

    [Fact]
    public void The_scope_of_a_link_local_address_is_kept_and_distinguishes()
    {
        TransportAddress third = TransportAddress.From(new IPEndPoint(IPAddress.Parse("fe80::1%3"), 5));
        TransportAddress fourth = TransportAddress.From(new IPEndPoint(IPAddress.Parse("fe80::1%4"), 5));

        Assert.Equal(3u, third.Scope);
        Assert.NotEqual(third, fourth);
    }

    [Fact]
    public void IPv4_is_one_number_and_is_held_mapped()
    {
        TransportAddress address = TransportAddress.FromIPv4(0xC000_0207, 9);
        byte[] bytes = new byte[16];
        address.WriteAddress(bytes);

        Assert.True(address.IsIPv4);
        Assert.Equal(0xC000_0207, address.ToIPv4());
        Assert.Equal("00000000000000000000FFFFC0000207", Convert.ToHexString(bytes));
        Assert.Equal("192.0.2.7:9", address.ToString());
    }

    [Fact]
    public void A_mapped_IPv6_end_point_is_the_same_address_as_its_IPv4_end_point()
    {
        TransportAddress plain = TransportAddress.From(new IPEndPoint(IPAddress.Parse("192.0.2.7"), 9));
        TransportAddress mapped = TransportAddress.From(new IPEndPoint(IPAddress.Parse("::ffff:192.0.2.7"), 9));

        Assert.Equal(plain, mapped);
        Assert.Equal(plain.GetHashCode(), mapped.GetHashCode());
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("::192.0.2.7")]
    [InlineData("2001:db8::ffff:192.0.2.7")]
    public void Other_IPv6_addresses_are_not_IPv4(string address) =>
        Assert.False(TransportAddress.From(new IPEndPoint(IPAddress.Parse(address), 9)).IsIPv4);

    [Fact]
    public void Addresses_that_differ_in_any_part_are_not_equal()
    {
        TransportAddress[] addresses =
        [
            default,
            TransportAddress.FromIPv4(1, 1),
            TransportAddress.FromIPv4(1, 2),
            TransportAddress.FromIPv4(2, 1),
            TransportAddress.From(new IPEndPoint(IPAddress.Parse("2001:db8::1"), 1)),
            TransportAddress.From(new IPEndPoint(IPAddress.Parse("2001:db9::1"), 1)),
        ];

        Assert.Equal(addresses.Length, addresses.Distinct().Count());
        Assert.True(addresses[1] != addresses[2]);
        Assert.True(addresses[1] == TransportAddress.FromIPv4(1, 1));
    }

    [Fact]
    public void The_default_is_empty_and_says_so()
    {
        Assert.True(default(TransportAddress).IsEmpty);
        Assert.True(default(NetworkPath).IsEmpty);
        Assert.Equal("none", default(TransportAddress).ToString());
        Assert.False(TransportAddress.FromIPv4(0, 1).IsEmpty);
    }

    [Fact]
    public void Paths_of_two_sockets_to_one_address_are_two_paths()
    {
        TransportAddress remote = TransportAddress.FromIPv4(1, 1);

        Assert.NotEqual(new NetworkPath(0, remote), new NetworkPath(1, remote));
        Assert.Equal(new NetworkPath(1, remote), new NetworkPath(1, remote));
        Assert.Equal((false, true), (new NetworkPath(NetworkPath.FirstConnection - 1, remote).IsTcp, new NetworkPath(NetworkPath.FirstConnection, remote).IsTcp));
        Assert.Equal(32, System.Runtime.CompilerServices.Unsafe.SizeOf<NetworkPath>());
    }
}
