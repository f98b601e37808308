using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sfu.Srtp.Simd;

/// <inheritdoc/>
/// <remarks>By AES-NI.</remarks>
internal sealed unsafe class SimdAesCounter : CounterCipher
{
    private static readonly int Rounds = AesKeySchedule.Rounds(AesKeySchedule.Aes128KeyLength);

    private readonly KeyBlock _roundKeys = new(Rounds + 1);

    public static bool IsSupported => Keystream.IsSupported;

    public override void SetKey(ReadOnlySpan<byte> key) => AesKeySchedule.Expand(key, _roundKeys.Start);

    [SkipLocalsInit]
    public override void Xor(CounterBlock counter, Span<byte> text)
    {
        Vector128<byte>* keys = _roundKeys.Start;
        Vector128<uint> next = Keystream.Fill(out Keystream blocks, keys, Rounds, Keystream.Integer(counter));
        fixed (byte* p = text)
            _ = Keystream.Xor(ref blocks, 0, keys, Rounds, next, p, text.Length);

        GC.KeepAlive(_roundKeys);
    }

    public override void Dispose() => _roundKeys.Clear();
}
