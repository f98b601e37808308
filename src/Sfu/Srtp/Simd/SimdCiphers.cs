namespace Sfu.Srtp.Simd;

/// <inheritdoc/>
/// <remarks>Only where <see cref="IsSupported"/>.</remarks>
internal sealed class SimdCiphers : SrtpCiphers
{
    public static bool IsSupported => SimdAesGcm.IsSupported && SimdAesCounter.IsSupported;

    public override AeadCipher CreateGcm(int keyLength, CipherDirection direction) => new SimdAesGcm(keyLength);

    public override CounterCipher CreateCounterMode() => new SimdAesCounter();
}
