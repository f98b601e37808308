using System.Net;
using System.Net.Sockets;

namespace Sfu.Signalling.Options;

/// <summary>The loopback addresses that this machine really has: containers often have IPv6 sockets and no <c>::1</c>.</summary>
internal static class LoopbackAddresses
{
    public static IReadOnlyList<IPAddress> Available() =>
        CanBind(IPAddress.IPv6Loopback) ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];

    private static bool CanBind(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
