using Sfu.Srtp.OpenSsl;
using Sfu.Srtp.Simd;

namespace Sfu.Srtp;

/// <summary>What computes AES for SRTP: the processor's own instructions, or OpenSSL.</summary>
internal abstract class SrtpCiphers
{
    private const string ChoiceVariable = "SFU_CRYPTO";
    private const string ChoiceOfOpenSsl = "openssl";

    /// <summary>Chosen once for the process: SIMD where the processor has it, unless <c>SFU_CRYPTO=openssl</c> is in the environment.</summary>
    public static SrtpCiphers Default { get; } = Choose(Environment.GetEnvironmentVariable(ChoiceVariable));

    public abstract AeadCipher CreateGcm(int keyLength, CipherDirection direction);

    public abstract CounterCipher CreateCounterMode();

    /// <summary>Null where packets are best authenticated one by one.</summary>
    public abstract TagLanes? CreateTagLanes();

    internal static SrtpCiphers Choose(string? choice) =>
        SimdCiphers.IsSupported && choice != ChoiceOfOpenSsl ? new SimdCiphers() : new OpenSslCiphers();
}
