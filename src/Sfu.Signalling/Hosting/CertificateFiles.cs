using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sfu.Signalling.Diagnostics;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Hosting;

/// <summary>The server's TLS certificate, read anew when its files have changed; connections that are open stay.</summary>
/// <remarks>
/// Thread-safe. Handshakes look at the files, at most once a second, and compare their content: times tell nothing where files are
/// links to links, as Kubernetes mounts them. Kestrel's own reload would close every connection of the address.
/// </remarks>
internal sealed class CertificateFiles(TlsSettings settings, TimeProvider time, ILogger<CertificateFiles> log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private string _read = "";
    private SslStreamCertificateContext? _current;
    private long _lookedAt;

    /// <exception cref="CryptographicException">There has never been a certificate that can be used.</exception>
    /// <exception cref="IOException">As before.</exception>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_gate)
            {
                if (_current is null || time.GetElapsedTime(_lookedAt) >= Interval)
                    Look();
                return _current!;
            }
        }
    }

    private void Look()
    {
        _lookedAt = time.GetTimestamp();
        try
        {
            string certificate = File.ReadAllText(settings.Certificate);
            string key = File.ReadAllText(settings.Key);
            string read = $"{certificate}\n{key}";
            if (read == _read)
                return;
            // Also of files that cannot be used: one warning is enough.
            _read = read;
            _current = Load(certificate, key);
            log.CertificateTaken(_current.TargetCertificate.Subject, _current.TargetCertificate.NotAfter.ToUniversalTime());
        }
        catch (Exception e) when (_current is not null && e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            log.CertificateNotTaken(e.Message);
        }
    }

    private static SslStreamCertificateContext Load(string certificate, string key)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
        var own = X509Certificate2.CreateFromPem(certificate, key);
        return SslStreamCertificateContext.Create(own, chain, offline: true);
    }
}
