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
    /// <summary>Skips the test where the processor lacks the instructions.</summary>
    public static SrtpCiphers Ciphers(this CipherSource source)
    {
        if (source == CipherSource.OpenSsl) return new OpenSslCiphers();

        Assert.SkipUnless(SimdCiphers.IsSupported, "This processor has no AES-NI and PCLMULQDQ.");
        return new SimdCiphers();
    }
}
