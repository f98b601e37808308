using Sfu.Srtp.OpenSsl;

namespace Sfu.Srtp;

/// <summary>Chooses, once for the process, what computes AES for SRTP.</summary>
internal static class SrtpCiphers
{
    public static AeadCipher CreateGcm(int keyLength, CipherDirection direction) => new OpenSslAesGcm(keyLength, direction);

    public static CounterCipher CreateCounterMode() => new OpenSslAesCounter();
}
