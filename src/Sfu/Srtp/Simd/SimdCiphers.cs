using System.Runtime.Intrinsics;

namespace Sfu.Srtp.Simd;

/// <inheritdoc/>
/// <remarks>Only where <see cref="IsSupported"/>.</remarks>
internal sealed class SimdCiphers : SrtpCiphers
{
    public static bool IsSupported => SimdAesGcm.IsSupported && SimdAesCounter.IsSupported;

    public override AeadCipher CreateGcm(int keyLength, CipherDirection direction) => new SimdAesGcm(keyLength);

    public override CounterCipher CreateCounterMode() => new SimdAesCounter();

    public override TagLanes? CreateTagLanes()
    {
        if (SixteenLanes.IsSupported) return new HmacSha1Lanes<Vector512<uint>, SixteenLanes>();
        return EightLanes.IsSupported ? new HmacSha1Lanes<Vector256<uint>, EightLanes>() : null;
    }
}
