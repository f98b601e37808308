namespace Sfu.Dtls;

/// <summary>Who wants a handshake and carries its datagrams: a worker. Called on the threads of the handshakes, one call at a time for each peer.</summary>
/// <remarks>The calls must be quick, must not throw, and must bear that one of them arrives while the owner abandons the peer.</remarks>
public interface IHandshakeOwner
{
    /// <summary>Up to an MTU of bytes for the peer, good during the call. Our last flight comes after <see cref="HandshakeCompleted"/>, so that the keys are there before the peer may use them.</summary>
    void SendHandshake(long peerKey, ReadOnlySpan<byte> datagram);

    /// <summary>The peer is nobody yet: compare <see cref="DtlsResult.PeerCertificate"/> with the fingerprint of its SDP.</summary>
    void HandshakeCompleted(long peerKey, DtlsResult result);

    /// <param name="peerKey">As the owner gave it.</param>
    /// <param name="reason">In words, for a log.</param>
    void HandshakeFailed(long peerKey, string reason);
}
