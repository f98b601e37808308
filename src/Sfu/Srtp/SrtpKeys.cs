namespace Sfu.Srtp;

/// <summary>The master key and master salt of one direction (RFC 3711 3.2.1).</summary>
/// <remarks>Needed only until the <see cref="SrtpSender"/> or <see cref="SrtpReceiver"/> exists, which keeps the session keys alone.</remarks>
public sealed class SrtpKeys
{
    private readonly byte[] _key;
    private readonly byte[] _salt;

    internal SrtpKeys(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
    {
        _key = masterKey.ToArray();
        _salt = masterSalt.ToArray();
    }

    internal ReadOnlySpan<byte> MasterKey => _key;

    internal ReadOnlySpan<byte> MasterSalt => _salt;

    /// <summary>Splits what the TLS exporter gave under the label <c>EXTRACTOR-dtls_srtp</c> (RFC 5764 4.2):
    /// client key, server key, client salt, server salt. Client and server are the roles in the DTLS handshake.</summary>
    /// <exception cref="ArgumentException">The length is not <see cref="KeyingMaterialLength"/>.</exception>
    public static (SrtpKeys Client, SrtpKeys Server) FromKeyingMaterial(SrtpProfile profile, ReadOnlySpan<byte> exported)
    {
        if (exported.Length != KeyingMaterialLength(profile))
            throw new ArgumentException($"{profile} takes {KeyingMaterialLength(profile)} bytes of keying material, not {exported.Length}.", nameof(exported));

        SrtpParameters parameters = SrtpParameters.Of(profile);
        int key = parameters.KeyLength;
        int salt = parameters.SaltLength;
        ReadOnlySpan<byte> salts = exported[(2 * key)..];
        return (new SrtpKeys(exported[..key], salts[..salt]), new SrtpKeys(exported.Slice(key, key), salts[salt..]));
    }

    /// <summary>How many bytes to export from the DTLS connection, for both directions together.</summary>
    public static int KeyingMaterialLength(SrtpProfile profile)
    {
        SrtpParameters parameters = SrtpParameters.Of(profile);
        return 2 * (parameters.KeyLength + parameters.SaltLength);
    }
}
