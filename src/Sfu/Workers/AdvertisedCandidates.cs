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

    /// <param name="options">Names outside addresses, when there are any.</param>
    /// <param name="bound">The worker's sockets.</param>
    public static IReadOnlyList<IceCandidate> Of(SfuOptions options, IReadOnlyList<IPEndPoint> bound)
    {
        IEnumerable<IPEndPoint> endPoints = options.AdvertisedAddresses.Count > 0
            ? options.AdvertisedAddresses.Select(address => new IPEndPoint(address, PortFor(address, bound)))
            : bound.SelectMany(Reachable);
        return [.. endPoints.Distinct().Select((endPoint, i) => new IceCandidate(endPoint, (ushort)(HighestPreference - i)))];
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
