using Sfu.Dtls;
using Sfu.Srtp;
using Sfu.Time;

namespace Sfu.TestKit.Dtls;

/// <summary>The DTLS half of a simulated client: the client's role over <see cref="DtlsHandshake"/> with a certificate of its own. Sans-IO.</summary>
public sealed class TestDtlsClient : IDisposable
{
    private readonly DtlsContext _context;
    private readonly DtlsHandshake _handshake;

    /// <param name="now">The first flight is ready at once.</param>
    /// <param name="profiles">What is offered; all when null.</param>
    /// <param name="mtu">Bytes of UDP payload.</param>
    public TestDtlsClient(Instant now, IReadOnlyList<SrtpProfile>? profiles = null, int mtu = DtlsContext.DefaultMtu)
    {
        _context = new DtlsContext(DtlsCertificate.Create(DateTimeOffset.UtcNow), mtu, profiles);
        _handshake = new DtlsHandshake(_context, DtlsRole.Client, now);
    }

    /// <summary>For the SDP.</summary>
    public Fingerprint Fingerprint => _context.Certificate.Fingerprint;

    public DtlsState State => _handshake.State;

    public string? Failure => _handshake.Failure;

    public Instant Deadline => _handshake.Deadline;

    /// <summary>Null until the handshake has completed.</summary>
    public DtlsResult? Result { get; private set; }

    public DtlsState Receive(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (_handshake.State == DtlsState.InProgress && _handshake.Receive(datagram, now) == DtlsState.Completed)
            Result = _handshake.TakeResult();
        return _handshake.State;
    }

    public void OnDeadline(Instant now) => _handshake.OnDeadline(now);

    public bool TryTakeOutgoing(Span<byte> datagram, out int length) => _handshake.TryTakeOutgoing(datagram, out length);

    public void Dispose()
    {
        _handshake.Dispose();
        _context.Dispose();
    }
}
