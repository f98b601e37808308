using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using Org.BouncyCastle.X509;
using Sfu.Srtp;
using Certificate = Org.BouncyCastle.Tls.Certificate;

namespace Sfu.TestKit.Dtls;

/// <summary>What BouncyCastle's client asks of its application: versions, extensions, credentials, and what to do with the result.</summary>
internal sealed class BouncyCastlePeer : DefaultTlsClient, TlsAuthentication
{
    private readonly BcTlsCrypto _crypto;
    private readonly IReadOnlyList<SrtpProfile> _profiles;
    private readonly AsymmetricCipherKeyPair? _key;

    public BouncyCastlePeer(BcTlsCrypto crypto, IReadOnlyList<SrtpProfile> profiles, bool withCertificate)
        : base(crypto)
    {
        _crypto = crypto;
        _profiles = profiles;
        if (!withCertificate)
            return;
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(SecObjectIdentifiers.SecP256r1, crypto.SecureRandom));
        _key = generator.GenerateKeyPair();
        CertificateDer = SelfSigned(_key);
    }

    public byte[]? CertificateDer { get; }

    public byte[]? ServerCertificate { get; private set; }

    public SrtpProfile Profile { get; private set; }

    public byte[]? KeyingMaterial { get; private set; }

    public override IDictionary<int, byte[]> GetClientExtensions()
    {
        IDictionary<int, byte[]> extensions = base.GetClientExtensions() ?? new Dictionary<int, byte[]>();
        TlsSrtpUtilities.AddUseSrtpExtension(extensions, new UseSrtpData([.. _profiles.Select(profile => (int)profile)], []));
        return extensions;
    }

    public override void ProcessServerExtensions(IDictionary<int, byte[]> serverExtensions)
    {
        base.ProcessServerExtensions(serverExtensions);
        Profile = (SrtpProfile)TlsSrtpUtilities.GetUseSrtpExtension(serverExtensions).ProtectionProfiles[0];
    }

    public override TlsAuthentication GetAuthentication() => this;

    public void NotifyServerCertificate(TlsServerCertificate serverCertificate) =>
        ServerCertificate = serverCertificate.Certificate.GetCertificateAt(0).GetEncoded();

    public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest)
    {
        if (_key is null)
            return null;
        var certificate = new Certificate([_crypto.CreateCertificate(CertificateDer)]);
        return new BcDefaultTlsCredentialedSigner(
            new TlsCryptoParameters(m_context), _crypto, _key.Private, certificate,
            SignatureAndHashAlgorithm.GetInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        KeyingMaterial = m_context.ExportKeyingMaterial(ExporterLabel.dtls_srtp, null, SrtpKeys.KeyingMaterialLength(Profile));
    }

    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

    private static byte[] SelfSigned(AsymmetricCipherKeyPair key)
    {
        var name = new X509Name("CN=client");
        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(BigInteger.One);
        generator.SetIssuerDN(name);
        generator.SetSubjectDN(name);
        generator.SetNotBefore(DateTime.UtcNow.AddDays(-1));
        generator.SetNotAfter(DateTime.UtcNow.AddDays(1));
        generator.SetPublicKey(key.Public);
        return generator.Generate(new Asn1SignatureFactory("SHA256withECDSA", key.Private)).GetEncoded();
    }
}
