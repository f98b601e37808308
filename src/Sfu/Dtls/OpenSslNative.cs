using System.Runtime.InteropServices;

namespace Sfu.Dtls;

/// <summary>OpenSSL 3's functions and constants, as in its headers <c>ssl.h</c>, <c>srtp.h</c>, <c>bio.h</c>, <c>err.h</c>. C's <c>long</c> is <see cref="nint"/> on every 64-bit Linux.</summary>
internal static unsafe partial class OpenSslNative
{
    public const string Ssl = "libssl.so.3";
    public const string Crypto = "libcrypto.so.3";

    public const ulong InitNoAtExit = 0x0008_0000;

    public const int Dtls12Version = 0xFEFD;
    public const int EvpPkeyEc = 408;

    public const int CtrlSetMtu = 17;
    public const int CtrlSetSessionCacheMode = 44;
    public const int CtrlSetMaxCertificateList = 51;
    public const int CtrlSetGroupsList = 92;
    public const int CtrlSetMinProtocolVersion = 123;
    public const int CtrlSetMaxProtocolVersion = 124;

    public const ulong OpNoQueryMtu = 1UL << 12;
    public const ulong OpNoTicket = 1UL << 14;
    public const ulong OpNoCompression = 1UL << 17;
    public const ulong OpCipherServerPreference = 1UL << 22;
    public const ulong OpNoRenegotiation = 1UL << 30;

    public const int VerifyPeer = 1;
    public const int VerifyFailIfNoPeerCertificate = 2;

    public const int ErrorSsl = 1;
    public const int ErrorWantRead = 2;
    public const int ErrorZeroReturn = 6;

    public const int BioCtrlReset = 1;
    public const int BioSetMemoryEofReturn = 130;

    [LibraryImport(Ssl, EntryPoint = "OPENSSL_init_ssl")]
    public static partial int InitSsl(ulong options, nint settings);

    [LibraryImport(Ssl, EntryPoint = "DTLS_method")]
    public static partial nint DtlsMethod();

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_new")]
    public static partial SslContextHandle ContextNew(nint method);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_free")]
    public static partial void ContextFree(nint context);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_ctrl")]
    public static partial nint ContextControl(SslContextHandle context, int command, nint number, nint pointer);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_ctrl", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ContextControl(SslContextHandle context, int command, nint number, string text);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_options")]
    public static partial ulong ContextSetOptions(SslContextHandle context, ulong options);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_cipher_list", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ContextSetCipherList(SslContextHandle context, string ciphers);

    /// <remarks>Zero is success, unlike all others.</remarks>
    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_tlsext_use_srtp", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ContextSetUseSrtp(SslContextHandle context, string profiles);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_certificate_ASN1")]
    public static partial int ContextUseCertificate(SslContextHandle context, int length, ReadOnlySpan<byte> der);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_PrivateKey_ASN1")]
    public static partial int ContextUsePrivateKey(int type, SslContextHandle context, ReadOnlySpan<byte> der, nint length);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_check_private_key")]
    public static partial int ContextCheckPrivateKey(SslContextHandle context);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_verify")]
    public static partial void ContextSetVerify(SslContextHandle context, int mode, nint callback);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_cert_verify_callback")]
    public static partial void ContextSetCertificateVerify(SslContextHandle context, delegate* unmanaged[Cdecl]<nint, nint, int> callback, nint argument);

    [LibraryImport(Ssl, EntryPoint = "SSL_new")]
    public static partial SslHandle SslNew(SslContextHandle context);

    [LibraryImport(Ssl, EntryPoint = "SSL_free")]
    public static partial void SslFree(nint ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_ctrl")]
    public static partial nint SslControl(SslHandle ssl, int command, nint number, nint pointer);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_bio")]
    public static partial void SslSetBio(SslHandle ssl, nint read, nint write);

    [LibraryImport(Ssl, EntryPoint = "DTLS_set_timer_cb")]
    public static partial void SslSetTimer(SslHandle ssl, delegate* unmanaged[Cdecl]<nint, uint, uint> callback);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_accept_state")]
    public static partial void SslSetAcceptState(SslHandle ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_connect_state")]
    public static partial void SslSetConnectState(SslHandle ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_do_handshake")]
    public static partial int SslDoHandshake(SslHandle ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_get_error")]
    public static partial int SslGetError(SslHandle ssl, int result);

    [LibraryImport(Ssl, EntryPoint = "SSL_get_selected_srtp_profile")]
    public static partial SelectedSrtpProfile* SslGetSelectedSrtpProfile(SslHandle ssl);

    [LibraryImport(Ssl, EntryPoint = "SSL_export_keying_material")]
    public static partial int SslExportKeyingMaterial(
        SslHandle ssl, Span<byte> output, nuint outputLength, ReadOnlySpan<byte> label, nuint labelLength, nint context, nuint contextLength, int useContext);

    [LibraryImport(Ssl, EntryPoint = "SSL_get1_peer_certificate")]
    public static partial nint SslGetPeerCertificate(SslHandle ssl);

    [LibraryImport(Crypto, EntryPoint = "i2d_X509")]
    public static partial int CertificateToDer(nint certificate, byte** output);

    [LibraryImport(Crypto, EntryPoint = "X509_free")]
    public static partial void CertificateFree(nint certificate);

    [LibraryImport(Crypto, EntryPoint = "BIO_s_mem")]
    public static partial nint BioMemory();

    [LibraryImport(Crypto, EntryPoint = "BIO_new")]
    public static partial nint BioNew(nint method);

    [LibraryImport(Crypto, EntryPoint = "BIO_ctrl")]
    public static partial nint BioControl(nint bio, int command, nint number, nint pointer);

    [LibraryImport(Crypto, EntryPoint = "BIO_ctrl_pending")]
    public static partial nuint BioPending(nint bio);

    [LibraryImport(Crypto, EntryPoint = "BIO_write")]
    public static partial int BioWrite(nint bio, ReadOnlySpan<byte> bytes, int length);

    [LibraryImport(Crypto, EntryPoint = "BIO_read")]
    public static partial int BioRead(nint bio, Span<byte> bytes, int length);

    [LibraryImport(Crypto, EntryPoint = "ERR_clear_error")]
    public static partial void ErrorClear();

    [LibraryImport(Crypto, EntryPoint = "ERR_get_error")]
    public static partial nuint ErrorGet();

    [LibraryImport(Crypto, EntryPoint = "ERR_reason_error_string")]
    public static partial nint ErrorReason(nuint error);

    /// <summary><c>SRTP_PROTECTION_PROFILE</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SelectedSrtpProfile
    {
        public nint Name;
        public nuint Id;
    }
}
