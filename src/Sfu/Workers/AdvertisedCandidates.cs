using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Sfu.Ice;

namespace Sfu.Workers;

/// <summary>Which addresses a worker's offers name.</summary>
internal static class AdvertisedCandidates
{
    /// <summary>RFC 8421 4: IPv6 and IPv4 alternate by preference; distinct values keep priorities distinct.</summary>
    private const ushort HighestPreference = ushort.MaxValue;

    /// <summary>Of a host candidate (RFC 6544 4.2).</summary>
    private const int PassivePreference = 4;
    private const int AddressPreferenceBits = 13;
    private const int HighestAddressPreference = (1 << AddressPreferenceBits) - 1;

    /// <param name="options">Names outside addresses, when there are any.</param>
    /// <param name="bound">The worker's sockets.</param>
    /// <param name="tcp">Where the node listens for TCP.</param>
    /// <returns>Those of TCP come last.</returns>
    public static IReadOnlyList<IceCandidate> Of(SfuOptions options, IReadOnlyList<IPEndPoint> bound, IReadOnlyList<IPEndPoint> tcp) =>
    [
        .. EndPoints(options, bound).Select((endPoint, i) => new IceCandidate(endPoint, (ushort)(HighestPreference - i))),
        .. EndPoints(options, tcp).Select((endPoint, i) => new IceCandidate(endPoint, TcpPreference(i)) { IsTcp = true }),
    ];

    /// <summary>RFC 6544 4.2: the direction goes before the preference between addresses.</summary>
    private static ushort TcpPreference(int i) => (ushort)(PassivePreference << AddressPreferenceBits | (HighestAddressPreference - i));

    private static IEnumerable<IPEndPoint> EndPoints(SfuOptions options, IReadOnlyList<IPEndPoint> bound)
    {
        if (bound.Count == 0)
            return [];
        IEnumerable<IPEndPoint> endPoints = options.AdvertisedAddresses.Count > 0
            ? options.AdvertisedAddresses.Select(address => new IPEndPoint(address, PortFor(address, bound)))
            : bound.SelectMany(Reachable);
        return endPoints.Distinct();
    }

    private static int PortFor(IPAddress address, IReadOnlyList<IPEndPoint> bound) =>
        (bound.FirstOrDefault(b => b.AddressFamily == address.AddressFamily) ?? bound[0]).Port;

    private static IEnumerable<IPEndPoint> Reachable(IPEndPoint bound)
    {
        bool any4 = bound.Address.Equals(IPAddress.Any);
        bool any6 = bound.Address.Equals(IPAddress.IPv6Any);
        return any4 || any6 ? OwnAddresses(any6).Select(address => new IPEndPoint(address, bound.Port)) : [bound];
    }

    private static IEnumerable<IPAddress> OwnAddresses(bool withIPv6) =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(nic => nic.OperationalStatus == OperationalStatus.Up && nic.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(nic => nic.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork
                || (withIPv6 && address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv6LinkLocal));
}
