using Sfu.LoadTest.Net;

namespace Sfu.LoadTest.Tests.Net;

public sealed class ClientNetworkTests
{
    [Theory]
    [InlineData("127.1.0.0/16", "127.1.0.0/16", 65_534)]
    [InlineData("10.9.8.7/24", "10.9.8.0/24", 254)]
    [InlineData("10.0.0.0/8", "10.0.0.0/8", 16_777_214)]
    public void A_network_is_read(string text, string network, int capacity)
    {
        Assert.True(ClientNetwork.TryParse(text, out ClientNetwork parsed));
        Assert.Equal((network, capacity), (parsed.ToString(), parsed.Capacity));
    }

    [Theory]
    [InlineData("127.1.0.0")]
    [InlineData("127.1.0.0/31")]
    [InlineData("127.1.0.0/7")]
    [InlineData("127.1.0.0/-16")]
    [InlineData("::1/16")]
    [InlineData("here/16")]
    public void Anything_else_is_refused(string text) => Assert.False(ClientNetwork.TryParse(text, out _));

    [Fact]
    public void Addresses_and_clients_are_the_same_numbers()
    {
        Assert.True(ClientNetwork.TryParse("127.1.0.0/16", out ClientNetwork network));

        Assert.Equal(0x7F01_0001u, network.AddressOf(0));
        Assert.Equal(0x7F01_1389u, network.AddressOf(5_000));
        Assert.Equal(5_000u, network.ClientOf(network.AddressOf(5_000)));
        Assert.True(network.ClientOf(0x7F00_0001) > int.MaxValue);
    }
}
