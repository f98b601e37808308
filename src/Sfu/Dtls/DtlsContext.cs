using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sfu.Srtp;

namespace Sfu.Dtls;

/// <summary>What all handshakes with one certificate share (an <c>SSL_CTX</c>): DTLS 1.2 only, forward secrecy and AEAD only, no resumption.</summary>
/// <remarks>
/// Usable from any thread. It may be disposed while handshakes made from it still run. The peer has to show a certificate, and any
/// certificate will do: what counts is whether it matches the fingerprint of the peer's SDP (RFC 8122), which the caller checks
/// with <see cref="Fingerprint.Matches"/>.
/// </remarks>
public sealed class DtlsContext : IDisposable
{
    /// <summary>Bytes of UDP payload: what every path that carries WebRTC lets through.</summary>
    public const int DefaultMtu = 1_200;

    /// <summary>OpenSSL goes no lower.</summary>
    public const int MinMtu = 256;

    public const int MaxMtu = 1_472;

    /// <summary>ECDSA is ours; RSA is for a server that the client's role may meet.</summary>
    private const string Ciphers =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:" +
        "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305";

    private const string Groups = "X25519:P-256:P-384";

    /// <summary>Bytes; also bounds what OpenSSL allocates for the fragments of a message before it has been authenticated (100 KB by default).</summary>
    private const int MaxCertificateList = 16_384;

    private const int SessionCacheOff = 0;

    /// <param name="certificate">Shown to the peer in either role.</param>
    /// <param name="mtu">The largest datagram made, in bytes of UDP payload, <see cref="MinMtu"/>..<see cref="MaxMtu"/>.</param>
    /// <param name="profiles">The preferred first, which counts in the server's role; all that we have when null.</param>
    /// <exception cref="DllNotFoundException">OpenSSL 3 is not installed.</exception>
    public DtlsContext(DtlsCertificate certificate, int mtu = DefaultMtu, IReadOnlyList<SrtpProfile>? profiles = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentOutOfRangeException.ThrowIfLessThan(mtu, MinMtu);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mtu, MaxMtu);
        OpenSslLibrary.Initialise();

        Certificate = certificate;
        Mtu = mtu;
        OpenSslNative.ErrorClear();
        Handle = OpenSslNative.ContextNew(OpenSslNative.DtlsMethod());
        if (Handle.IsInvalid)
            throw OpenSslErrors.ToException("No DTLS context");
        try
        {
            Configure(profiles ?? UseSrtp.ByPreference);
        }
        catch
        {
            Handle.Dispose();
            throw;
        }
    }

    public DtlsCertificate Certificate { get; }

    /// <summary>Bytes of UDP payload.</summary>
    public int Mtu { get; }

    internal SslContextHandle Handle { get; }

    public void Dispose() => Handle.Dispose();

    private unsafe void Configure(IReadOnlyList<SrtpProfile> profiles)
    {
        OpenSslErrors.Check(OpenSslNative.ContextControl(Handle, OpenSslNative.CtrlSetMinProtocolVersion, OpenSslNative.Dtls12Version, 0), "DTLS 1.2");
        OpenSslErrors.Check(OpenSslNative.ContextControl(Handle, OpenSslNative.CtrlSetMaxProtocolVersion, OpenSslNative.Dtls12Version, 0), "DTLS 1.2");
        OpenSslNative.ContextSetOptions(
            Handle,
            OpenSslNative.OpNoQueryMtu | OpenSslNative.OpNoTicket | OpenSslNative.OpNoCompression
            | OpenSslNative.OpCipherServerPreference | OpenSslNative.OpNoRenegotiation);
        OpenSslNative.ContextControl(Handle, OpenSslNative.CtrlSetSessionCacheMode, SessionCacheOff, 0);
        OpenSslNative.ContextControl(Handle, OpenSslNative.CtrlSetMaxCertificateList, MaxCertificateList, 0);
        OpenSslErrors.Check(OpenSslNative.ContextSetCipherList(Handle, Ciphers), "Cipher list");
        OpenSslErrors.Check(OpenSslNative.ContextControl(Handle, OpenSslNative.CtrlSetGroupsList, 0, Groups), "Groups");
        if (OpenSslNative.ContextSetUseSrtp(Handle, string.Join(':', profiles.Select(UseSrtp.OpenSslName))) != 0)
            throw OpenSslErrors.ToException("SRTP profiles");

        OpenSslErrors.Check(OpenSslNative.ContextUseCertificate(Handle, Certificate.Der.Length, Certificate.Der), "Certificate");
        OpenSslErrors.Check(
            OpenSslNative.ContextUsePrivateKey(OpenSslNative.EvpPkeyEc, Handle, Certificate.PrivateKey, Certificate.PrivateKey.Length), "Private key");
        OpenSslErrors.Check(OpenSslNative.ContextCheckPrivateKey(Handle), "Private key");
        OpenSslNative.ContextSetVerify(Handle, OpenSslNative.VerifyPeer | OpenSslNative.VerifyFailIfNoPeerCertificate, 0);
        OpenSslNative.ContextSetCertificateVerify(Handle, &AcceptAnyCertificate, 0);
    }

    /// <summary>Replaces the whole building and checking of a chain, which a self-signed certificate could only fail.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AcceptAnyCertificate(nint store, nint argument) => 1;
}
