using System.Runtime.InteropServices;

namespace Sfu.Srtp.OpenSsl;

/// <summary>The functions of OpenSSL 3's libcrypto that SRTP uses, under their own names.</summary>
/// <remarks>Those called for each packet suppress the GC transition: they take well under a microsecond for a datagram, never block and never call back.</remarks>
internal static unsafe partial class LibCrypto
{
    public const int EvpCtrlAeadGetTag = 0x10;
    public const int EvpCtrlAeadSetTag = 0x11;

    private const string Library = "libcrypto.so.3";

    // Without this, whoever initializes libcrypto first also registers its cleanup at exit, which other threads may then run into.
    private const ulong OpenSslInitNoAtExit = 0x0008_0000;

    static LibCrypto()
    {
        if (OPENSSL_init_crypto(OpenSslInitNoAtExit, 0) != 1)
            throw new InvalidOperationException("OpenSSL's libcrypto could not be initialized.");
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint EVP_CIPHER_fetch(nint libraryContext, string algorithm, string? properties);

    [LibraryImport(Library)]
    public static partial nint EVP_CIPHER_CTX_new();

    [LibraryImport(Library)]
    public static partial void EVP_CIPHER_CTX_free(nint context);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int EVP_CipherInit_ex(nint context, nint cipher, nint engine, byte* key, byte* iv, int encrypt);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int EVP_CipherUpdate(nint context, byte* output, int* outputLength, byte* input, int inputLength);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int EVP_CipherFinal_ex(nint context, byte* output, int* outputLength);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int EVP_CIPHER_CTX_ctrl(nint context, int type, int argument, void* pointer);

    [LibraryImport(Library)]
    public static partial void ERR_clear_error();

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int SHA1_Update(Sha1State* state, byte* data, nuint length);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int SHA1_Final(byte* digest, Sha1State* state);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial void SHA1_Transform(Sha1State* state, byte* block);

    [LibraryImport(Library)]
    private static partial int OPENSSL_init_crypto(ulong options, nint settings);
}
