using Sfu.Srtp;

namespace Sfu.Dtls;

/// <summary>The protection profiles of the <c>use_srtp</c> extension (RFC 5764 4.1.2, RFC 7714 14.2).</summary>
internal static class UseSrtp
{
    /// <summary>All that we have, the preferred one first: what is cheap to encrypt for thousands comes before what is stronger than needed.</summary>
    public static readonly SrtpProfile[] ByPreference =
        [SrtpProfile.AeadAes128Gcm, SrtpProfile.AeadAes256Gcm, SrtpProfile.AesCm128HmacSha1_80];

    public static string OpenSslName(SrtpProfile profile) => profile switch
    {
        SrtpProfile.AesCm128HmacSha1_80 => "SRTP_AES128_CM_SHA1_80",
        SrtpProfile.AeadAes128Gcm => "SRTP_AEAD_AES_128_GCM",
        SrtpProfile.AeadAes256Gcm => "SRTP_AEAD_AES_256_GCM",
        _ => throw new ArgumentOutOfRangeException(nameof(profile)),
    };
}
