using Sfu.Srtp;

namespace Sfu.Dtls;

/// <summary>What a completed handshake leaves behind; the OpenSSL object is gone by then.</summary>
public sealed class DtlsResult
{
    internal DtlsResult(DtlsRole role, SrtpProfile profile, byte[] keyingMaterial, byte[] peerCertificate, DtlsFinalFlight? finalFlight)
    {
        Role = role;
        Profile = profile;
        KeyingMaterial = keyingMaterial;
        PeerCertificate = peerCertificate;
        FinalFlight = finalFlight;
    }

    /// <summary>Our role: it decides which half of <see cref="KeyingMaterial"/> encrypts what we send.</summary>
    public DtlsRole Role { get; }

    /// <summary>Never <see cref="SrtpProfile.None"/>.</summary>
    public SrtpProfile Profile { get; }

    /// <summary>
    /// The exporter's output for <c>EXTRACTOR-dtls_srtp</c>: client write key, server write key, client write salt, server write salt
    /// (RFC 5764 4.2); <see cref="SrtpKeys.KeyingMaterialLength"/> bytes.
    /// </summary>
    public byte[] KeyingMaterial { get; }

    /// <summary>DER. Nobody has checked it yet: the peer is who it claims to be only if the fingerprint of its SDP matches.</summary>
    public byte[] PeerCertificate { get; }

    /// <summary>What answers a client that repeats its last flight because it never got ours; null in the client's role.</summary>
    public DtlsFinalFlight? FinalFlight { get; }
}
