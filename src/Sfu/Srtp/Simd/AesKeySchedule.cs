using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sfu.Srtp.Simd;

/// <summary>AES key expansion (FIPS 197 5.2) by AES-NI, without tables and so in constant time.</summary>
internal static unsafe class AesKeySchedule
{
    public const int BlockLength = 16;
    public const int Aes128KeyLength = 16;
    public const int Aes256KeyLength = 32;

    // Which word of KEYGENASSIST's result a round takes: RotWord(SubWord(w)) XOR Rcon, or SubWord(w) alone.
    private const byte RotatedWord = 0b11_11_11_11;
    private const byte PlainWord = 0b10_10_10_10;

    public static int Rounds(int keyLength) => keyLength / sizeof(uint) + 6;

    /// <summary>Writes the round keys, one more than there are rounds.</summary>
    public static void Expand(ReadOnlySpan<byte> key, Vector128<byte>* roundKeys)
    {
        if (key.Length == Aes256KeyLength) Expand256(Vector128.Create(key), Vector128.Create(key[BlockLength..]), roundKeys);
        else Expand128(Vector128.Create(key), roundKeys);
    }

    private static void Expand128(Vector128<byte> key, Vector128<byte>* to)
    {
        to[0] = key;
        to[1] = key = Rotated(key, Aes.KeygenAssist(key, 0x01));
        to[2] = key = Rotated(key, Aes.KeygenAssist(key, 0x02));
        to[3] = key = Rotated(key, Aes.KeygenAssist(key, 0x04));
        to[4] = key = Rotated(key, Aes.KeygenAssist(key, 0x08));
        to[5] = key = Rotated(key, Aes.KeygenAssist(key, 0x10));
        to[6] = key = Rotated(key, Aes.KeygenAssist(key, 0x20));
        to[7] = key = Rotated(key, Aes.KeygenAssist(key, 0x40));
        to[8] = key = Rotated(key, Aes.KeygenAssist(key, 0x80));
        to[9] = key = Rotated(key, Aes.KeygenAssist(key, 0x1B));
        to[10] = Rotated(key, Aes.KeygenAssist(key, 0x36));
    }

    private static void Expand256(Vector128<byte> even, Vector128<byte> odd, Vector128<byte>* to)
    {
        to[0] = even;
        to[1] = odd;
        to[2] = even = Rotated(even, Aes.KeygenAssist(odd, 0x01));
        to[3] = odd = Plain(odd, Aes.KeygenAssist(even, 0));
        to[4] = even = Rotated(even, Aes.KeygenAssist(odd, 0x02));
        to[5] = odd = Plain(odd, Aes.KeygenAssist(even, 0));
        to[6] = even = Rotated(even, Aes.KeygenAssist(odd, 0x04));
        to[7] = odd = Plain(odd, Aes.KeygenAssist(even, 0));
        to[8] = even = Rotated(even, Aes.KeygenAssist(odd, 0x08));
        to[9] = odd = Plain(odd, Aes.KeygenAssist(even, 0));
        to[10] = even = Rotated(even, Aes.KeygenAssist(odd, 0x10));
        to[11] = odd = Plain(odd, Aes.KeygenAssist(even, 0));
        to[12] = even = Rotated(even, Aes.KeygenAssist(odd, 0x20));
        to[13] = odd = Plain(odd, Aes.KeygenAssist(even, 0));
        to[14] = Rotated(even, Aes.KeygenAssist(odd, 0x40));
    }

    private static Vector128<byte> Rotated(Vector128<byte> key, Vector128<byte> assist) =>
        Chain(key) ^ Sse2.Shuffle(assist.AsUInt32(), RotatedWord).AsByte();

    private static Vector128<byte> Plain(Vector128<byte> key, Vector128<byte> assist) =>
        Chain(key) ^ Sse2.Shuffle(assist.AsUInt32(), PlainWord).AsByte();

    // Each word XORed with all words before it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Chain(Vector128<byte> key)
    {
        key ^= Sse2.ShiftLeftLogical128BitLane(key, 4);
        return key ^ Sse2.ShiftLeftLogical128BitLane(key, 8);
    }
}
