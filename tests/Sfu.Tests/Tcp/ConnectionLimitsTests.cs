using System.Net;
using Sfu.Net;
using Sfu.Tcp;

namespace Sfu.Tests.Tcp;

public sealed class ConnectionLimitsTests
{
    private readonly ConnectionLimits _limits = new(most: 3, mostOfAddress: 2);

    [Fact]
    public void One_address_has_its_limit_and_all_together_have_theirs()
    {
        Assert.Null(_limits.TryEnter(Of("192.0.2.1", 1)));
        Assert.Null(_limits.TryEnter(Of("192.0.2.1", 2)));
        Assert.Equal(TcpCloseReason.AddressFull, _limits.TryEnter(Of("192.0.2.1", 3)));
        Assert.Null(_limits.TryEnter(Of("192.0.2.2", 1)));
        Assert.Equal(TcpCloseReason.NodeFull, _limits.TryEnter(Of("192.0.2.3", 1)));
    }

    [Fact]
    public void Who_leaves_makes_room()
    {
        _limits.TryEnter(Of("192.0.2.1", 1));
        _limits.TryEnter(Of("192.0.2.1", 2));

        _limits.Leave(Of("192.0.2.1", 1));

        Assert.Null(_limits.TryEnter(Of("192.0.2.1", 3)));
    }

    [Fact]
    public void An_ipv6_network_is_one_address()
    {
        Assert.Null(_limits.TryEnter(Of("2001:db8::1", 1)));
        Assert.Null(_limits.TryEnter(Of("2001:db8::2", 1)));
        Assert.Equal(TcpCloseReason.AddressFull, _limits.TryEnter(Of("2001:db8:0:0:ffff::3", 1)));
        Assert.Null(_limits.TryEnter(Of("2001:db8:0:1::1", 1)));
    }

    private static TransportAddress Of(string address, int port) => TransportAddress.From(new IPEndPoint(IPAddress.Parse(address), port));
}
