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
    private readonly Vector128<byte>* _roundKeys;
    private readonly Vector128<ulong>* _powers;

    public SimdAesGcm(int keyLength)
    {
        _rounds = AesKeySchedule.Rounds(keyLength);
        _memory = new KeyBlock(_rounds + 1 + GHash.Powers);
        _roundKeys = _memory.Start;
        _powers = (Vector128<ulong>*)(_roundKeys + _rounds + 1);
    }

    public static bool IsSupported => Keystream.IsSupported && GHash.IsSupported;

    public override void SetKey(ReadOnlySpan<byte> key)
    {
        AesKeySchedule.Expand(key, _roundKeys);
        Vector128<byte> h = _roundKeys[0];
        for (int round = 1; round < _rounds; round++) h = Aes.Encrypt(h, _roundKeys[round]);
        GHash.WritePowers(Aes.EncryptLast(h, _roundKeys[_rounds]), _powers);
    }

    [SkipLocalsInit]
    public override void Seal(CounterBlock counter, ReadOnlySpan<byte> associatedData, Span<byte> text, Span<byte> tag)
    {
        fixed (byte* aad = associatedData, p = text, t = tag)
        {
            Vector128<uint> next = Keystream.Fill(out Keystream blocks, _roundKeys, _rounds, Keystream.Integer(counter));
            Vector128<byte> mask = blocks[0];
            Vector128<byte> last = Keystream.Xor(ref blocks, 1, _roundKeys, _rounds, next, p, text.Length);
            (mask ^ Hash(aad, associatedData.Length, p, text.Length, last)).Store(t);
        }

        GC.KeepAlive(_memory);
    }

    [SkipLocalsInit]
    public override bool Open(CounterBlock counter, ReadOnlySpan<byte> associatedData, Span<byte> text, ReadOnlySpan<byte> tag)
    {
        bool authentic;
        fixed (byte* aad = associatedData, p = text, t = tag)
        {
            Vector128<uint> next = Keystream.Fill(out Keystream blocks, _roundKeys, _rounds, Keystream.Integer(counter));
            int partial = text.Length % AesKeySchedule.BlockLength;
            Vector128<byte> last = partial == 0 ? default : PartialBlock.Load(p + text.Length - partial, partial);
            authentic = (blocks[0] ^ Hash(aad, associatedData.Length, p, text.Length, last)) == Vector128.Load(t);
            if (authentic) _ = Keystream.Xor(ref blocks, 1, _roundKeys, _rounds, next, p, text.Length);
        }

        GC.KeepAlive(_memory);
        return authentic;
    }

    public override void Dispose() => _memory.Clear();

    /// <summary>GHASH of associated data, encrypted text and their lengths. <paramref name="last"/> is the text's partial block, if it has one:
    /// it is still in a register, and memory that has just been written in pieces is slow to read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Hash(byte* aad, int aadLength, byte* text, int textLength, Vector128<byte> last)
    {
        int partial = textLength % AesKeySchedule.BlockLength;
        GHash hash = new(_powers, Blocks(aadLength) + Blocks(textLength) + 1);
        hash.AddAll(aad, aadLength);
        hash.AddAll(text, textLength - partial);
        if (partial != 0) hash.Add(last);
        hash.Add(Vector128.Create((ulong)textLength * BitsPerByte, (ulong)aadLength * BitsPerByte));
        return hash.Bytes;
    }

    private static int Blocks(int length) => (length + AesKeySchedule.BlockLength - 1) / AesKeySchedule.BlockLength;
}
