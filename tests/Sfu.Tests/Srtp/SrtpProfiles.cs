using Sfu.Srtp;

namespace Sfu.Tests.Srtp;

/// <summary>Theory data: every profile.</summary>
internal static class SrtpProfiles
{
    public static TheoryData<SrtpProfile> All { get; } =
        [SrtpProfile.AeadAes128Gcm, SrtpProfile.AeadAes256Gcm, SrtpProfile.AesCm128HmacSha1_80];
}
