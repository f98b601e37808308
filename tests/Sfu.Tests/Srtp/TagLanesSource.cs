using System.Runtime.Intrinsics;
using Sfu.Srtp;
using Sfu.Srtp.Simd;

namespace Sfu.Tests.Srtp;

/// <summary>How many tags are computed at once.</summary>
public enum TagLanesSource
{
    One = 1,
    Eight = 8,
    Sixteen = 16,
}

internal static class TagLanesSources
{
    /// <summary>Skips the test where the processor lacks the instructions.</summary>
    public static TagBatch Batch(this TagLanesSource source)
    {
        if (source == TagLanesSource.Eight)
        {
            Assert.SkipUnless(EightLanes.IsSupported, "This processor has no AVX2.");
            return new TagBatch(new HmacSha1Lanes<Vector256<uint>, EightLanes>());
        }

        if (source == TagLanesSource.Sixteen)
        {
            Assert.SkipUnless(SixteenLanes.IsSupported, "This processor has no AVX-512, or is slow with it.");
            return new TagBatch(new HmacSha1Lanes<Vector512<uint>, SixteenLanes>());
        }

        return new TagBatch(null);
    }
}
