using Sfu.Diagnostics;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Stun;
using Sfu.Time;

namespace Sfu.TestKit.Ice;

/// <summary>An agent with fixed credentials, a clock that is set by hand, and one call for a datagram that arrives.</summary>
public sealed class IceAgentHarness
{
    public static readonly IceCredentials Server = new("server01", "password-of-the-server-1");
    public static readonly IceCredentials Client = new("client01", "password-of-the-client-1");
    public static readonly IceCredentials NewServer = new("server02", "password-of-the-server-2");
    public static readonly IceCredentials NewClient = new("client02", "password-of-the-client-2");
    public static readonly TimeSpan ConsentTimeout = TimeSpan.FromSeconds(30);

    private readonly byte[] _response = new byte[IceLiteAgent.MaxResponseLength];
    private int _written;

    public IceLiteAgent Agent { get; } = new(Server, ConsentTimeout);

    public Instant Now { get; set; } = new(1_000_000);

    /// <summary>What the latest datagram was answered with; empty when it was not.</summary>
    public ReadOnlySpan<byte> Response => _response.AsSpan(0, _written);

    /// <summary>A path of the documentation network, another one for each number.</summary>
    public static NetworkPath Path(int number) =>
        new(0, TransportAddress.FromIPv4(0xC000_0200u + (uint)number, (ushort)(40_000 + number)));

    public static IceCheck Check(bool useCandidate = false) => new(Server, Client) { UseCandidate = useCandidate };

    public static IceCheck NewCheck(bool useCandidate = false) => new(NewServer, NewClient) { UseCandidate = useCandidate };

    public void Advance(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    public IceResult Receive(IceCheck check, NetworkPath from) => Receive(check.ToBytes(), from);

    public IceResult Receive(ReadOnlySpan<byte> datagram, NetworkPath from)
    {
        _written = 0;
        DropReason reason = StunMessage.TryRead(datagram, out StunMessage message);
        return reason == DropReason.None
            ? Agent.Handle(message, from, Now, _response, out _written)
            : new IceResult(reason);
    }
}
