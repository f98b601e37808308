using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sfu.Srtp.Simd;

/// <summary>By AVX2.</summary>
internal readonly unsafe struct EightLanes : ILanes<Vector256<uint>>
{
    // Which 128-bit halves of two vectors vperm2i128 takes.
    private const byte LowerHalves = 0x20;
    private const byte UpperHalves = 0x31;

    private const int WordBits = 32;

    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>For a shuffle of bytes that turns 32-bit words between network byte order and the processor's.</summary>
    public static Vector128<byte> ReversedWords
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
    }

    public static Vector256<uint> Create(uint value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Add(Vector256<uint> a, Vector256<uint> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateLeft(Vector256<uint> value, [ConstantExpected] byte bits) => value << bits | value >>> (WordBits - bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Choose(Vector256<uint> x, Vector256<uint> y, Vector256<uint> z) => z ^ (x & (y ^ z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Parity(Vector256<uint> x, Vector256<uint> y, Vector256<uint> z) => x ^ y ^ z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Majority(Vector256<uint> x, Vector256<uint> y, Vector256<uint> z) => (x & y) | (z & (x | y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Xor(Vector256<uint> a, Vector256<uint> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> WhereGreater(Vector256<uint> limits, uint number, Vector256<uint> value, Vector256<uint> other) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(limits, Vector256.Create(number)), value, other);

    /// <inheritdoc/>
    /// <remarks>Transposes 8 x 8 words, twice: four lanes to a half, then halves to vectors.</remarks>
    public static void Load(byte** blocks, Vector256<uint>* words)
    {
        Vector256<uint>* halves = words + 16;
        for (int offset = 0; offset < 2; offset++, words += 8)
        {
            for (int lane = 0; lane < 8; lane += 4)
            {
                Vector256<uint> a = LoadHalf(blocks[lane], offset);
                Vector256<uint> b = LoadHalf(blocks[lane + 1], offset);
                Vector256<uint> c = LoadHalf(blocks[lane + 2], offset);
                Vector256<uint> d = LoadHalf(blocks[lane + 3], offset);
                Vector256<ulong> lowAB = Avx2.UnpackLow(a, b).AsUInt64();
                Vector256<ulong> lowCD = Avx2.UnpackLow(c, d).AsUInt64();
                Vector256<ulong> highAB = Avx2.UnpackHigh(a, b).AsUInt64();
                Vector256<ulong> highCD = Avx2.UnpackHigh(c, d).AsUInt64();
                halves[lane] = Avx2.UnpackLow(lowAB, lowCD).AsUInt32();
                halves[lane + 1] = Avx2.UnpackHigh(lowAB, lowCD).AsUInt32();
                halves[lane + 2] = Avx2.UnpackLow(highAB, highCD).AsUInt32();
                halves[lane + 3] = Avx2.UnpackHigh(highAB, highCD).AsUInt32();
            }

            for (int word = 0; word < 4; word++)
            {
                words[word] = Avx2.Permute2x128(halves[word], halves[word + 4], LowerHalves);
                words[word + 4] = Avx2.Permute2x128(halves[word], halves[word + 4], UpperHalves);
            }
        }
    }

    /// <summary>In network byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> LoadHalf(byte* block, int offset) =>
        Avx2.Shuffle(Vector256.Load(block + offset * Vector256<byte>.Count), Vector256.Create(ReversedWords, ReversedWords)).AsUInt32();
}
