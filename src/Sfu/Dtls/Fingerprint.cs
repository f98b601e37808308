using System.Buffers;
using System.Security.Cryptography;

namespace Sfu.Dtls;

/// <summary>The hash of a certificate as SDP carries it (RFC 8122 section 5).</summary>
public sealed class Fingerprint
{
    private readonly byte[] _hash;

    /// <summary>The server's own is asked for with each offer.</summary>
    private string? _text;

    private Fingerprint(HashAlgorithmName algorithm, byte[] hash)
    {
        Algorithm = algorithm;
        _hash = hash;
    }

    /// <summary>SHA-256, SHA-384 or SHA-512; SHA-1 and older ones are refused as RFC 8122 advises.</summary>
    public HashAlgorithmName Algorithm { get; }

    /// <summary>SHA-256 of a DER certificate.</summary>
    public static Fingerprint OfCertificate(ReadOnlySpan<byte> der) => new(HashAlgorithmName.SHA256, SHA256.HashData(der));

    /// <summary>Reads the value of <c>a=fingerprint:</c>, such as <c>sha-256 AB:CD:...</c>; hex digits in either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> value, out Fingerprint? fingerprint)
    {
        fingerprint = null;
        int space = value.IndexOf(' ');
        if (space < 0 || AlgorithmOf(value[..space]) is not { } algorithm)
            return false;

        ReadOnlySpan<char> hex = value[(space + 1)..].Trim();
        int length = HashLength(algorithm);
        if (hex.Length != length * 3 - 1)
            return false;

        byte[] hash = new byte[length];
        for (int i = 0; i < length; i++)
        {
            ReadOnlySpan<char> pair = hex.Slice(i * 3, 2);
            if (Convert.FromHexString(pair, hash.AsSpan(i, 1), out _, out _) != OperationStatus.Done || (i < length - 1 && hex[i * 3 + 2] != ':'))
                return false;
        }

        fingerprint = new Fingerprint(algorithm, hash);
        return true;
    }

    /// <summary>True when this is the fingerprint of that DER certificate.</summary>
    public bool Matches(ReadOnlySpan<byte> certificateDer) =>
        CryptographicOperations.FixedTimeEquals(_hash, CryptographicOperations.HashData(Algorithm, certificateDer));

    /// <summary>As in SDP: <c>sha-256 AB:CD:...</c></summary>
    public override string ToString() => _text ??= $"{SdpName} {string.Join(':', _hash.Select(b => b.ToString("X2", null)))}";

    private string SdpName => Algorithm == HashAlgorithmName.SHA256 ? "sha-256" : Algorithm == HashAlgorithmName.SHA384 ? "sha-384" : "sha-512";

    private static HashAlgorithmName? AlgorithmOf(ReadOnlySpan<char> name) =>
        name.Equals("sha-256", StringComparison.OrdinalIgnoreCase) ? HashAlgorithmName.SHA256
        : name.Equals("sha-384", StringComparison.OrdinalIgnoreCase) ? HashAlgorithmName.SHA384
        : name.Equals("sha-512", StringComparison.OrdinalIgnoreCase) ? HashAlgorithmName.SHA512
        : null;

    private static int HashLength(HashAlgorithmName algorithm) =>
        algorithm == HashAlgorithmName.SHA256 ? 32 : algorithm == HashAlgorithmName.SHA384 ? 48 : 64;
}
