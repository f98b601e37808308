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
    public static SrtpCiphers Ciphers(this CipherSource source) => source == CipherSource.Simd ? new SimdCiphers() : new OpenSslCiphers();
}
