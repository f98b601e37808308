namespace Sfu.Srtp.OpenSsl;

/// <inheritdoc/>
internal sealed class OpenSslCiphers : SrtpCiphers
{
    public override AeadCipher CreateGcm(int keyLength, CipherDirection direction) => new OpenSslAesGcm(keyLength, direction);

    public override CounterCipher CreateCounterMode() => new OpenSslAesCounter();

    public override TagLanes? CreateTagLanes() => null;
}
