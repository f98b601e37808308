using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sfu.Srtp.Simd;

/// <summary>Nine blocks of AES counter mode at a time: as many as keep the AES units busy through the latency of a round.
/// The mask of a GCM tag and eight blocks are the whole of an Opus packet.</summary>
[InlineArray(Blocks)]
internal unsafe struct Keystream
{
    public const int Blocks = 9;

    private Vector128<byte> _first;

    public static bool IsSupported => Aes.IsSupported && Ssse3.IsSupported;

    /// <summary>The counter block as an integer, in which the block counter is the lowest lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Integer(CounterBlock counter) => Vector128.Create(counter.Low, counter.High).AsUInt32();

    /// <summary>Between a block's bytes and its value as an integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Reverse(Vector128<byte> block) =>
        Ssse3.Shuffle(block, Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));

    /// <summary>Encrypts <paramref name="counter"/> and the eight that follow; returns the one after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Fill(out Keystream blocks, Vector128<byte>* roundKeys, int rounds, Vector128<uint> counter)
    {
        Unsafe.SkipInit(out blocks);
        Vector128<byte> key = roundKeys[0];
        Vector128<byte> b0 = key ^ Reverse(counter.AsByte());
        Vector128<byte> b1 = key ^ Reverse((counter + Vector128.CreateScalar(1u)).AsByte());
        Vector128<byte> b2 = key ^ Reverse((counter + Vector128.CreateScalar(2u)).AsByte());
        Vector128<byte> b3 = key ^ Reverse((counter + Vector128.CreateScalar(3u)).AsByte());
        Vector128<byte> b4 = key ^ Reverse((counter + Vector128.CreateScalar(4u)).AsByte());
        Vector128<byte> b5 = key ^ Reverse((counter + Vector128.CreateScalar(5u)).AsByte());
        Vector128<byte> b6 = key ^ Reverse((counter + Vector128.CreateScalar(6u)).AsByte());
        Vector128<byte> b7 = key ^ Reverse((counter + Vector128.CreateScalar(7u)).AsByte());
        Vector128<byte> b8 = key ^ Reverse((counter + Vector128.CreateScalar(8u)).AsByte());
        for (int round = 1; round < rounds; round++)
        {
            key = roundKeys[round];
            b0 = Aes.Encrypt(b0, key);
            b1 = Aes.Encrypt(b1, key);
            b2 = Aes.Encrypt(b2, key);
            b3 = Aes.Encrypt(b3, key);
            b4 = Aes.Encrypt(b4, key);
            b5 = Aes.Encrypt(b5, key);
            b6 = Aes.Encrypt(b6, key);
            b7 = Aes.Encrypt(b7, key);
            b8 = Aes.Encrypt(b8, key);
        }

        key = roundKeys[rounds];
        blocks[0] = Aes.EncryptLast(b0, key);
        blocks[1] = Aes.EncryptLast(b1, key);
        blocks[2] = Aes.EncryptLast(b2, key);
        blocks[3] = Aes.EncryptLast(b3, key);
        blocks[4] = Aes.EncryptLast(b4, key);
        blocks[5] = Aes.EncryptLast(b5, key);
        blocks[6] = Aes.EncryptLast(b6, key);
        blocks[7] = Aes.EncryptLast(b7, key);
        blocks[8] = Aes.EncryptLast(b8, key);
        return counter + Vector128.CreateScalar((uint)Blocks);
    }

    /// <summary>XORs the keystream to <paramref name="source"/> and writes <paramref name="text"/>, from block <paramref name="used"/> of <paramref name="blocks"/> on.
    /// Returns the last block if it is a partial one, with zeros behind its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Xor(ref Keystream blocks, int used, Vector128<byte>* roundKeys, int rounds, Vector128<uint> next, byte* source, byte* text, int length)
    {
        for (; length >= AesKeySchedule.BlockLength; length -= AesKeySchedule.BlockLength, source += AesKeySchedule.BlockLength, text += AesKeySchedule.BlockLength)
        {
            if (used == Blocks)
            {
                next = Refill(out blocks, roundKeys, rounds, next);
                used = 0;
            }

            (Vector128.Load(source) ^ Block(ref blocks, used++)).Store(text);
        }

        if (length == 0) return default;
        if (used == Blocks)
        {
            _ = Refill(out blocks, roundKeys, rounds, next);
            used = 0;
        }

        Vector128<byte> last = PartialBlock.Cut(PartialBlock.Load(source, length) ^ Block(ref blocks, used), length);
        PartialBlock.Store(last, text, length);
        return last;
    }

    // Long texts only: not worth its size in each caller.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<uint> Refill(out Keystream blocks, Vector128<byte>* roundKeys, int rounds, Vector128<uint> counter) =>
        Fill(out blocks, roundKeys, rounds, counter);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Block(ref Keystream blocks, int index) => Unsafe.Add(ref Unsafe.As<Keystream, Vector128<byte>>(ref blocks), index);
}
