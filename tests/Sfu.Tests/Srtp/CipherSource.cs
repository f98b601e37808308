using Sfu.Srtp;
using Sfu.Srtp.OpenSsl;
using Sfu.Srtp.Simd;

namespace Sfu.Tests.Srtp;

/// <summary>Which of the implementations behind the seam a test runs on.</summary>
public enum CipherSource
{
    OpenSsl,
    Simd,
}

internal static class CipherSources
{
    // One owner of key memory for all tests, as in a process.
    private static readonly SrtpCiphers OpenSsl = new OpenSslCiphers();
    private static readonly SrtpCiphers Simd = new SimdCiphers();

    /// <summary>Skips the test where the processor lacks the instructions.</summary>
    public static SrtpCiphers Ciphers(this CipherSource source)
    {
        if (source == CipherSource.OpenSsl) return OpenSsl;

        Assert.SkipUnless(SimdCiphers.IsSupported, "This processor has no AES-NI and PCLMULQDQ.");
        return Simd;
    }
}
