namespace Sfu.Srtp;

/// <summary>The fixed lengths of a protection profile, in bytes (RFC 3711 8.2, RFC 7714 14.2).</summary>
internal readonly record struct SrtpParameters(int KeyLength, int SaltLength, int AuthenticationKeyLength, int TagLength)
{
    private const int Aes128KeyLength = 16;
    private const int Aes256KeyLength = 32;

    /// <exception cref="ArgumentOutOfRangeException">The profile is none of the supported ones.</exception>
    public static SrtpParameters Of(SrtpProfile profile) => profile switch
    {
        SrtpProfile.AeadAes128Gcm => new(Aes128KeyLength, 12, 0, AeadCipher.TagLength),
        SrtpProfile.AeadAes256Gcm => new(Aes256KeyLength, 12, 0, AeadCipher.TagLength),
        SrtpProfile.AesCm128HmacSha1_80 => new(Aes128KeyLength, 14, 20, TagBatch.TagLength),
        _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, "Not a supported SRTP protection profile."),
    };
}
