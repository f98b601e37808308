using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using Sfu.Dtls;
using Sfu.Srtp;

namespace Sfu.TestKit.Dtls;

/// <summary>An independent DTLS 1.2 client with <c>use_srtp</c>. It blocks, so it runs on a thread of its own.</summary>
public sealed class BouncyCastleDtlsClient
{
    private readonly BouncyCastleTransport _transport;
    private readonly BouncyCastlePeer _peer;

    /// <param name="profiles">Offered in this order.</param>
    /// <param name="mtu">Bytes of UDP payload.</param>
    /// <param name="withCertificate">False answers the request for a certificate with none.</param>
    public BouncyCastleDtlsClient(IReadOnlyList<SrtpProfile> profiles, int mtu = DtlsContext.DefaultMtu, bool withCertificate = true)
    {
        _transport = new BouncyCastleTransport(mtu);
        _peer = new BouncyCastlePeer(new BcTlsCrypto(new SecureRandom()), profiles, withCertificate);
    }

    /// <summary>DER; null without one.</summary>
    public byte[]? Certificate => _peer.CertificateDer;

    public byte[]? ServerCertificate => _peer.ServerCertificate;

    /// <summary>What the server chose.</summary>
    public SrtpProfile Profile => _peer.Profile;

    /// <summary>The exporter's output; null until the client has completed.</summary>
    public byte[]? KeyingMaterial => _peer.KeyingMaterial;

    /// <summary>Completes when the client has completed, faults when it has failed.</summary>
    public Task Handshake { get; private set; } = Task.CompletedTask;

    public void Start()
    {
        Handshake = Task.Factory.StartNew(Connect, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Deliver(ReadOnlySpan<byte> datagram) => _transport.Deliver(datagram);

    /// <summary>Waits for the client's next datagram; false when it has ended and sends none any more.</summary>
    public bool TryTake(out byte[] datagram)
    {
        bool taken = _transport.FromClient.TryTake(out byte[]? next, Timeout.Infinite);
        datagram = next ?? [];
        return taken;
    }

    private void Connect()
    {
        try
        {
            new DtlsClientProtocol().Connect(_peer, _transport);
        }
        finally
        {
            _transport.FromClient.CompleteAdding();
        }
    }
}
