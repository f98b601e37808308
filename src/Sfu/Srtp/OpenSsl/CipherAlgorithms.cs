using System.Security.Cryptography;

namespace Sfu.Srtp.OpenSsl;

/// <summary>The <c>EVP_CIPHER</c>s, fetched once: a fetch for each context would take libcrypto's locks.</summary>
internal static class CipherAlgorithms
{
    public static readonly nint Aes128Gcm = Fetch("AES-128-GCM");
    public static readonly nint Aes256Gcm = Fetch("AES-256-GCM");
    public static readonly nint Aes128Counter = Fetch("AES-128-CTR");

    private static nint Fetch(string name)
    {
        nint algorithm = LibCrypto.EVP_CIPHER_fetch(0, name, null);
        return algorithm != 0 ? algorithm : throw new CryptographicException($"libcrypto has no {name}.");
    }
}
