using System.Net;
using System.Net.Sockets;

namespace Sfu.Ice;

/// <summary>A host candidate of the server (RFC 8445 5.1.1, RFC 8839 5.1; over TCP a passive one, RFC 6544 4.5).</summary>
/// <param name="EndPoint">An address that clients reach and the port of the peer's worker, or the node's TCP port.</param>
/// <param name="LocalPreference">0..65535, larger is preferred; distinct for each candidate of one transport in one offer (RFC 8445 5.1.2.1).</param>
public sealed record IceCandidate(IPEndPoint EndPoint, ushort LocalPreference)
{
    private const uint HostTypePreference = 126;

    /// <summary>Below every kind of UDP but a relay's (RFC 6544 4.2: UDP is preferred), as browsers have it.</summary>
    private const uint TcpHostTypePreference = 90;

    private const uint RtpComponent = 1;

    public bool IsTcp { get; init; }

    /// <summary>RFC 8445 5.1.2.1.</summary>
    public uint Priority => (IsTcp ? TcpHostTypePreference : HostTypePreference) << 24 | (uint)LocalPreference << 8 | (256 - RtpComponent);

    /// <summary>The same for candidates of the same type, base, family and transport (RFC 8445 5.1.1.3).</summary>
    public string Foundation => (EndPoint.AddressFamily == AddressFamily.InterNetworkV6 ? "6" : "4") + (IsTcp ? "t" : "");

    /// <summary>The value of <c>a=candidate:</c>, without the prefix.</summary>
    public override string ToString() => IsTcp
        ? $"{Foundation} {RtpComponent} tcp {Priority} {EndPoint.Address} {EndPoint.Port} typ host tcptype passive"
        : $"{Foundation} {RtpComponent} udp {Priority} {EndPoint.Address} {EndPoint.Port} typ host";
}
