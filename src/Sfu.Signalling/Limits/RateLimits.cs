using System.Net;
using System.Net.Sockets;
using Sfu.Signalling.Diagnostics;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Limits;

/// <summary>Whether an address or an identity may do something again already.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RateLimits(ServerSettings settings, SignallingMetrics metrics) : IDisposable
{
    /// <summary>Whoever has one IPv6 address has at least so many of them (RFC 6177): one subject.</summary>
    private const int SubjectBytes = 8;

    private readonly RateLimit[] _addresses =
        [new(settings.Limits.AddressJoins), new(settings.Limits.AddressMessages), new(settings.Limits.AddressHands), new(settings.Limits.AddressCalls)];

    private readonly RateLimit[] _identities =
        [new(settings.Limits.IdentityJoins), new(settings.Limits.IdentityMessages), new(settings.Limits.IdentityHands), new(settings.Limits.KeyCalls)];

    /// <param name="address">Null where there is none, as in tests: no limit.</param>
    public bool Allows(LimitedAction action, IPAddress? address) =>
        address is null
        || (settings.Limits.ExemptLoopback && IPAddress.IsLoopback(address))
        || Count(_addresses[(int)action].Allows(SubjectOf(address)), action, "address");

    /// <param name="identity">Of a verified token.</param>
    public bool Allows(LimitedAction action, string identity) => Count(_identities[(int)action].Allows(identity), action, "identity");

    public bool Allows(LimitedAction action, IPAddress? address, string identity) =>
        Allows(action, identity) && Allows(action, address);

    public void Dispose()
    {
        foreach (RateLimit limit in (RateLimit[])[.. _addresses, .. _identities])
            limit.Dispose();
    }

    private bool Count(bool allowed, LimitedAction action, string subject)
    {
        if (!allowed)
            metrics.Limited(action, subject);
        return allowed;
    }

    private static ulong SubjectOf(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> bytes = stackalloc byte[16];
        plain.TryWriteBytes(bytes, out _);
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? BitConverter.ToUInt32(bytes)
            : BitConverter.ToUInt64(bytes[..SubjectBytes]);
    }
}
