using Sfu.Dtls;
using Sfu.Srtp;
using Sfu.TestKit.Dtls;
using Sfu.Time;

namespace Sfu.Tests.Dtls;

/// <summary>Our two roles with a simulated network between them.</summary>
internal sealed class HandshakePair : IDisposable
{
    public static readonly Instant Start = new(1_000_000);

    private readonly DtlsContext _clientContext;
    private readonly DtlsContext _serverContext;

    public HandshakePair(int mtu = DtlsContext.DefaultMtu, SrtpProfile[]? clientProfiles = null, SrtpProfile[]? serverProfiles = null)
    {
        _clientContext = new DtlsContext(TestCertificates.Client, mtu, clientProfiles);
        _serverContext = new DtlsContext(TestCertificates.Server, mtu, serverProfiles);
        Client = new DtlsHandshake(_clientContext, DtlsRole.Client, Start);
        Server = new DtlsHandshake(_serverContext, DtlsRole.Server, Start);
        Link = new SimulatedDtlsLink(Client, Server, Start);
    }

    public DtlsHandshake Client { get; }

    public DtlsHandshake Server { get; }

    public SimulatedDtlsLink Link { get; }

    public void AssertCompleted()
    {
        Assert.True(Client.State == DtlsState.Completed, $"client {Client.State}: {Client.Failure}");
        Assert.True(Server.State == DtlsState.Completed, $"server {Server.State}: {Server.Failure}");
        Assert.Equal(Link.ClientResult!.Profile, Link.ServerResult!.Profile);
        Assert.Equal(Link.ClientResult.KeyingMaterial, Link.ServerResult.KeyingMaterial);
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        _clientContext.Dispose();
        _serverContext.Dispose();
    }
}
