
namespace Sfu.Peers;

/// <summary>What a peer tells the control plane.</summary>
/// <remarks>Called on the worker's thread, between packets: it notes down and returns, and takes no lock.</remarks>
public interface IPeerObserver
{
    void OnMediaState(MediaState state);

    /// <summary>The client's line loses so much that it is sent RED from now on (RFC 2198), or it is sent plain packets again.</summary>
    void OnRedundancy(bool isOn);

    /// <summary>The certificate of the DTLS handshake is not the one that the SDP answer named; the peer is gone.</summary>
    void OnFingerprintMismatch();
}
