using Sfu.Srtp;

namespace Sfu.Dtls;

/// <summary>What DTLS has to know of each protection profile (RFC 5764 4.1.2, RFC 7714 section 12).</summary>
public static class SrtpProfiles
{
    /// <summary>All that we have, the preferred one first: what is cheap to encrypt for thousands comes before what is stronger than needed.</summary>
    public static IReadOnlyList<SrtpProfile> ByPreference { get; } =
        [SrtpProfile.AeadAes128Gcm, SrtpProfile.AeadAes256Gcm, SrtpProfile.AesCm128HmacSha1_80];

    /// <summary>Bytes that the exporter has to give: two keys and two salts.</summary>
    public static int KeyingMaterialLength(SrtpProfile profile) => profile switch
    {
        SrtpProfile.AesCm128HmacSha1_80 => 2 * (16 + 14),
        SrtpProfile.AeadAes128Gcm => 2 * (16 + 12),
        SrtpProfile.AeadAes256Gcm => 2 * (32 + 12),
        _ => throw new ArgumentOutOfRangeException(nameof(profile)),
    };

    internal static string OpenSslName(SrtpProfile profile) => profile switch
    {
        SrtpProfile.AesCm128HmacSha1_80 => "SRTP_AES128_CM_SHA1_80",
        SrtpProfile.AeadAes128Gcm => "SRTP_AEAD_AES_128_GCM",
        SrtpProfile.AeadAes256Gcm => "SRTP_AEAD_AES_256_GCM",
        _ => throw new ArgumentOutOfRangeException(nameof(profile)),
    };
}
