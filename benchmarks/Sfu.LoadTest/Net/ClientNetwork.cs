using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sfu.Net;

namespace Sfu.LoadTest.Net;

/// <summary>The IPv4 network that clients have their addresses from: client n has the network's address plus n + 1.</summary>
/// <param name="Base">The network's address as one number.</param>
/// <param name="Prefix">Bits.</param>
internal readonly record struct ClientNetwork(uint Base, int Prefix)
{
    private const int AddressBits = 32;
    private const int MinPrefix = 8;
    private const int MaxPrefix = 30;

    /// <summary>The network's own address and the broadcast address are left out.</summary>
    public int Capacity => (1 << (AddressBits - Prefix)) - 2;

    public static bool TryParse(string text, out ClientNetwork network)
    {
        network = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0
            || !IPAddress.TryParse(text.AsSpan(0, slash), out IPAddress? address)
            || address.AddressFamily != AddressFamily.InterNetwork
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int prefix)
            || prefix is < MinPrefix or > MaxPrefix)
            return false;

        uint first = TransportAddress.From(new IPEndPoint(address, 1)).ToIPv4();
        network = new ClientNetwork(first & uint.MaxValue << (AddressBits - prefix), prefix);
        return true;
    }

    public uint AddressOf(int client) => Base + 1 + (uint)client;

    /// <returns>A number beyond all clients for an address that is no client's.</returns>
    public uint ClientOf(uint address) => address - Base - 1;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{TransportAddress.FromIPv4(Base, 1).ToIPEndPoint().Address.MapToIPv4()}/{Prefix}");
}
