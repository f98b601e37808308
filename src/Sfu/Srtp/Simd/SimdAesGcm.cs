using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sfu.Srtp.Simd;

/// <inheritdoc/>
/// <remarks>By AES-NI and PCLMULQDQ, both of which take the same time whatever the key and the data.</remarks>
internal sealed unsafe class SimdAesGcm : AeadCipher
{
    private const int BitsPerByte = 8;

    private readonly int _rounds;
    private readonly KeyBlock _memory;

    public SimdAesGcm(int keyLength, KeyPool pool)
    {
        _rounds = AesKeySchedule.Rounds(keyLength);
        _memory = new KeyBlock(pool);
    }

    public static bool IsSupported => Keystream.IsSupported && GHash.IsSupported;

    /// <summary>For the keys of any number of ciphers: round keys, then powers of H.</summary>
    public static KeyPool CreatePool(int keyLength) => new(AesKeySchedule.Rounds(keyLength) + 1 + GHash.Powers);

    public override void SetKey(ReadOnlySpan<byte> key)
    {
        Vector128<byte>* roundKeys = _memory.Start;
        AesKeySchedule.Expand(key, roundKeys);
        Vector128<byte> h = roundKeys[0];
        for (int round = 1; round < _rounds; round++) h = Aes.Encrypt(h, roundKeys[round]);
        GHash.WritePowers(Aes.EncryptLast(h, roundKeys[_rounds]), Powers(roundKeys));
        GC.KeepAlive(_memory);
    }

    [SkipLocalsInit]
    public override void Seal(CounterBlock counter, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plain, Span<byte> text, Span<byte> tag)
    {
        Vector128<byte>* roundKeys = _memory.Start;
        fixed (byte* aad = associatedData, from = plain, p = text, t = tag)
        {
            Vector128<uint> next = Keystream.Fill(out Keystream blocks, roundKeys, _rounds, Keystream.Integer(counter));
            Vector128<byte> mask = blocks[0];
            Vector128<byte> last = Keystream.Xor(ref blocks, 1, roundKeys, _rounds, next, from, p, text.Length);
            (mask ^ Hash(Powers(roundKeys), aad, associatedData.Length, p, text.Length, last)).Store(t);
        }

        GC.KeepAlive(_memory);
    }

    [SkipLocalsInit]
    public override bool Open(CounterBlock counter, ReadOnlySpan<byte> associatedData, Span<byte> text, ReadOnlySpan<byte> tag)
    {
        Vector128<byte>* roundKeys = _memory.Start;
        bool authentic;
        fixed (byte* aad = associatedData, p = text, t = tag)
        {
            Vector128<uint> next = Keystream.Fill(out Keystream blocks, roundKeys, _rounds, Keystream.Integer(counter));
            int partial = text.Length % AesKeySchedule.BlockLength;
            Vector128<byte> last = partial == 0 ? default : PartialBlock.Load(p + text.Length - partial, partial);
            authentic = (blocks[0] ^ Hash(Powers(roundKeys), aad, associatedData.Length, p, text.Length, last)) == Vector128.Load(t);
            if (authentic) _ = Keystream.Xor(ref blocks, 1, roundKeys, _rounds, next, p, p, text.Length);
        }

        GC.KeepAlive(_memory);
        return authentic;
    }

    public override void Prefetch() => _memory.Prefetch();

    public override void Dispose() => _memory.Dispose();

    /// <summary>GHASH of associated data, encrypted text and their lengths. <paramref name="last"/> is the text's partial block, if it has one:
    /// it is still in a register, and memory that has just been written in pieces is slow to read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Hash(Vector128<ulong>* powers, byte* aad, int aadLength, byte* text, int textLength, Vector128<byte> last)
    {
        int partial = textLength % AesKeySchedule.BlockLength;
        int blocks = Blocks(aadLength) + Blocks(textLength) + 1;
        Vector128<ulong> lengths = Vector128.Create((ulong)textLength * BitsPerByte, (ulong)aadLength * BitsPerByte);
        if (blocks <= GHash.Powers)
            return GHash.Short(powers, blocks, aad, aadLength, text, textLength, last, lengths);

        GHash hash = new(powers, blocks);
        hash.AddAll(aad, aadLength);
        hash.AddAll(text, textLength - partial);
        if (partial != 0) hash.Add(last);
        hash.Add(lengths);
        return hash.Bytes;
    }

    private Vector128<ulong>* Powers(Vector128<byte>* roundKeys) => (Vector128<ulong>*)(roundKeys + _rounds + 1);

    private static int Blocks(int length) => (length + AesKeySchedule.BlockLength - 1) / AesKeySchedule.BlockLength;
}
