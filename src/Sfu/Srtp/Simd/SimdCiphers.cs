using System.Runtime.Intrinsics;

namespace Sfu.Srtp.Simd;

/// <inheritdoc/>
/// <remarks>Only where <see cref="IsSupported"/>. Owns the memory of the keys of all its ciphers.</remarks>
internal sealed class SimdCiphers : SrtpCiphers
{
    private readonly KeyPool _gcm128Keys = SimdAesGcm.CreatePool(AesKeySchedule.Aes128KeyLength);
    private readonly KeyPool _gcm256Keys = SimdAesGcm.CreatePool(AesKeySchedule.Aes256KeyLength);
    private readonly KeyPool _counterKeys = SimdAesCounter.CreatePool();

    public static bool IsSupported => SimdAesGcm.IsSupported && SimdAesCounter.IsSupported;

    public override AeadCipher CreateGcm(int keyLength, CipherDirection direction) =>
        new SimdAesGcm(keyLength, keyLength == AesKeySchedule.Aes256KeyLength ? _gcm256Keys : _gcm128Keys);

    public override CounterCipher CreateCounterMode() => new SimdAesCounter(_counterKeys);

    public override TagLanes? CreateTagLanes()
    {
        if (SixteenLanes.IsSupported) return new HmacSha1Lanes<Vector512<uint>, SixteenLanes>();
        return EightLanes.IsSupported ? new HmacSha1Lanes<Vector256<uint>, EightLanes>() : null;
    }
}
