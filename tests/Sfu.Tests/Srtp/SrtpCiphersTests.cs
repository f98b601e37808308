using Sfu.Srtp;
using Sfu.Srtp.OpenSsl;
using Sfu.Srtp.Simd;

namespace Sfu.Tests.Srtp;

public class SrtpCiphersTests
{
    [Fact]
    public void OpenSSL_is_taken_where_it_is_asked_for() => Assert.IsType<OpenSslCiphers>(SrtpCiphers.Choose("openssl"));

    [Fact]
    public void SIMD_is_taken_where_the_processor_has_it() =>
        Assert.IsType(SimdCiphers.IsSupported ? typeof(SimdCiphers) : typeof(OpenSslCiphers), SrtpCiphers.Choose(null));
}
