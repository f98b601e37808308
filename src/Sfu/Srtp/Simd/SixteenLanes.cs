using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sfu.Srtp.Simd;

/// <summary>By AVX-512.</summary>
internal readonly unsafe struct SixteenLanes : ILanes<Vector512<uint>>
{
    // What vpternlog computes of three bits, as its truth table.
    private const byte TableOfChoose = 0xCA;
    private const byte TableOfParity = 0x96;
    private const byte TableOfMajority = 0xE8;

    // Which 128-bit quarters of two vectors vshufi32x4 takes.
    private const byte LowerHalves = 0b01_00_01_00;
    private const byte UpperHalves = 0b11_10_11_10;
    private const byte EvenQuarters = 0b10_00_10_00;
    private const byte OddQuarters = 0b11_01_11_01;

    /// <summary>False also where the runtime holds 512-bit vectors for slow.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported;

    public static Vector512<uint> Create(uint value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Add(Vector512<uint> a, Vector512<uint> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateLeft(Vector512<uint> value, [ConstantExpected] byte bits) => Avx512F.RotateLeft(value, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Choose(Vector512<uint> x, Vector512<uint> y, Vector512<uint> z) => Avx512F.TernaryLogic(x, y, z, TableOfChoose);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Parity(Vector512<uint> x, Vector512<uint> y, Vector512<uint> z) => Avx512F.TernaryLogic(x, y, z, TableOfParity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Majority(Vector512<uint> x, Vector512<uint> y, Vector512<uint> z) => Avx512F.TernaryLogic(x, y, z, TableOfMajority);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> WhereGreater(Vector512<uint> limits, uint number, Vector512<uint> value, Vector512<uint> other) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(limits, Vector512.Create(number)), value, other);

    /// <inheritdoc/>
    /// <remarks>Transposes 16 x 16 words: four lanes to a quarter, then quarters to vectors.</remarks>
    public static void Load(byte** blocks, Vector512<uint>* words)
    {
        Vector512<uint>* quarters = words + 16;
        for (int lane = 0; lane < 16; lane += 4)
        {
            Vector512<uint> a = LoadBlock(blocks[lane]);
            Vector512<uint> b = LoadBlock(blocks[lane + 1]);
            Vector512<uint> c = LoadBlock(blocks[lane + 2]);
            Vector512<uint> d = LoadBlock(blocks[lane + 3]);
            Vector512<ulong> lowAB = Avx512F.UnpackLow(a, b).AsUInt64();
            Vector512<ulong> lowCD = Avx512F.UnpackLow(c, d).AsUInt64();
            Vector512<ulong> highAB = Avx512F.UnpackHigh(a, b).AsUInt64();
            Vector512<ulong> highCD = Avx512F.UnpackHigh(c, d).AsUInt64();
            quarters[lane] = Avx512F.UnpackLow(lowAB, lowCD).AsUInt32();
            quarters[lane + 1] = Avx512F.UnpackHigh(lowAB, lowCD).AsUInt32();
            quarters[lane + 2] = Avx512F.UnpackLow(highAB, highCD).AsUInt32();
            quarters[lane + 3] = Avx512F.UnpackHigh(highAB, highCD).AsUInt32();
        }

        for (int word = 0; word < 4; word++)
        {
            Vector512<uint> lowFirst = Avx512F.Shuffle4x128(quarters[word], quarters[word + 4], LowerHalves);
            Vector512<uint> lowSecond = Avx512F.Shuffle4x128(quarters[word + 8], quarters[word + 12], LowerHalves);
            Vector512<uint> highFirst = Avx512F.Shuffle4x128(quarters[word], quarters[word + 4], UpperHalves);
            Vector512<uint> highSecond = Avx512F.Shuffle4x128(quarters[word + 8], quarters[word + 12], UpperHalves);
            words[word] = Avx512F.Shuffle4x128(lowFirst, lowSecond, EvenQuarters);
            words[word + 4] = Avx512F.Shuffle4x128(lowFirst, lowSecond, OddQuarters);
            words[word + 8] = Avx512F.Shuffle4x128(highFirst, highSecond, EvenQuarters);
            words[word + 12] = Avx512F.Shuffle4x128(highFirst, highSecond, OddQuarters);
        }
    }

    /// <summary>In network byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> LoadBlock(byte* block) =>
        Avx512BW.Shuffle(Vector512.Load(block), Vector512.Create(Vector256.Create(EightLanes.ReversedWords, EightLanes.ReversedWords))).AsUInt32();
}
