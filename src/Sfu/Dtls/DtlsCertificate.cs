using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sfu.Dtls;

/// <summary>A self-signed ECDSA P-256 certificate and its key, made anew at each start. Immutable; any thread.</summary>
public sealed class DtlsCertificate
{
    private const int SerialNumberBytes = 16;

    /// <summary>Clocks differ; nobody should find the certificate not yet valid.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    private static readonly TimeSpan Validity = TimeSpan.FromDays(365);

    private readonly byte[] _privateKey;

    private DtlsCertificate(byte[] certificate, byte[] privateKey, DateTimeOffset notAfter)
    {
        Der = certificate;
        _privateKey = privateKey;
        NotAfter = notAfter;
        Fingerprint = Fingerprint.OfCertificate(certificate);
    }

    public byte[] Der { get; }

    /// <summary>SHA-256, for <c>a=fingerprint</c>.</summary>
    public Fingerprint Fingerprint { get; }

    public DateTimeOffset NotAfter { get; }

    /// <summary>RFC 5915 ECPrivateKey, DER.</summary>
    internal ReadOnlySpan<byte> PrivateKey => _privateKey;

    /// <summary>Takes a fraction of a millisecond. The serial number and the name are random, so that restarts are told apart and nothing is told about the host.</summary>
    public static DtlsCertificate Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] serial = RandomNumberGenerator.GetBytes(SerialNumberBytes);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40); // Positive and of constant length (RFC 5280 4.1.2.2).

        var name = new X500DistinguishedName($"CN={Convert.ToHexStringLower(serial)}");
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        DateTimeOffset notAfter = now + Validity;
        using X509Certificate2 certificate =
            request.Create(name, X509SignatureGenerator.CreateForECDsa(key), now - ClockSkew, notAfter, serial);
        return new DtlsCertificate(certificate.RawData, key.ExportECPrivateKey(), notAfter);
    }
}
