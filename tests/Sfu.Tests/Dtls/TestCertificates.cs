using Sfu.Dtls;

namespace Sfu.Tests.Dtls;

internal static class TestCertificates
{
    public static readonly DtlsCertificate Client = DtlsCertificate.Create(DateTimeOffset.UtcNow);

    public static readonly DtlsCertificate Server = DtlsCertificate.Create(DateTimeOffset.UtcNow);
}
