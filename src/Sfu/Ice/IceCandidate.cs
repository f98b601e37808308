using System.Net;
using System.Net.Sockets;

namespace Sfu.Ice;

/// <summary>A UDP host candidate of the server (RFC 8445 5.1.1, RFC 8839 5.1).</summary>
/// <param name="EndPoint">An address that clients reach and the port of the peer's worker.</param>
/// <param name="LocalPreference">0..65535, larger is preferred; distinct for each candidate of one offer (RFC 8445 5.1.2.1).</param>
public sealed record IceCandidate(IPEndPoint EndPoint, ushort LocalPreference)
{
    private const uint HostTypePreference = 126;
    private const uint RtpComponent = 1;

    /// <summary>RFC 8445 5.1.2.1.</summary>
    public uint Priority => HostTypePreference << 24 | (uint)LocalPreference << 8 | (256 - RtpComponent);

    /// <summary>The same for candidates of the same type, base and family (RFC 8445 5.1.1.3).</summary>
    public string Foundation => EndPoint.AddressFamily == AddressFamily.InterNetworkV6 ? "6" : "4";

    /// <summary>The value of <c>a=candidate:</c>, without the prefix.</summary>
    public override string ToString() =>
        $"{Foundation} {RtpComponent} udp {Priority} {EndPoint.Address} {EndPoint.Port} typ host";
}
