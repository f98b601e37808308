using Sfu.Srtp;

namespace Sfu.Tests.Srtp;

/// <summary>Theory data: every profile on every implementation.</summary>
internal static class SrtpProfiles
{
    public static TheoryData<SrtpProfile, CipherSource> All { get; } = Create();

    private static TheoryData<SrtpProfile, CipherSource> Create()
    {
        TheoryData<SrtpProfile, CipherSource> data = [];
        foreach (SrtpProfile profile in new[] { SrtpProfile.AeadAes128Gcm, SrtpProfile.AeadAes256Gcm, SrtpProfile.AesCm128HmacSha1_80 })
        {
            data.Add(profile, CipherSource.OpenSsl);
            data.Add(profile, CipherSource.Simd);
        }

        return data;
    }
}
