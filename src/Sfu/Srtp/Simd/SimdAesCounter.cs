using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sfu.Srtp.Simd;

/// <inheritdoc/>
/// <remarks>By AES-NI.</remarks>
internal sealed unsafe class SimdAesCounter(KeyPool pool) : CounterCipher
{
    private static readonly int Rounds = AesKeySchedule.Rounds(AesKeySchedule.Aes128KeyLength);

    private readonly KeyBlock _roundKeys = new(pool);

    public static bool IsSupported => Keystream.IsSupported;

    /// <summary>For the keys of any number of ciphers.</summary>
    public static KeyPool CreatePool() => new(Rounds + 1);

    public override void SetKey(ReadOnlySpan<byte> key) => AesKeySchedule.Expand(key, _roundKeys.Start);

    [SkipLocalsInit]
    public override void Xor(CounterBlock counter, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Vector128<byte>* keys = _roundKeys.Start;
        Vector128<uint> next = Keystream.Fill(out Keystream blocks, keys, Rounds, Keystream.Integer(counter));
        fixed (byte* from = source, to = destination)
            _ = Keystream.Xor(ref blocks, 0, keys, Rounds, next, from, to, source.Length);

        GC.KeepAlive(_roundKeys);
    }

    public override void Prefetch() => _roundKeys.Prefetch();

    public override void Dispose() => _roundKeys.Dispose();
}
