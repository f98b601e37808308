using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sfu.Srtp.Simd;

/// <summary>The last block of a text, 1..15 bytes, in a register whose other bytes are 0. Touches no byte beyond.</summary>
internal static unsafe class PartialBlock
{
    private const int BlockLength = AesKeySchedule.BlockLength;

    // Read at 16 - length, it has length bytes of ones and then zeros.
    private static ReadOnlySpan<byte> Masks =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Two loads, which overlap as far as the length is short of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(byte* source, int length)
    {
        if (length > sizeof(ulong))
        {
            ulong high = Unsafe.ReadUnaligned<ulong>(source + length - sizeof(ulong)) >> (8 * (BlockLength - length));
            return Vector128.Create(Unsafe.ReadUnaligned<ulong>(source), high).AsByte();
        }

        if (length >= sizeof(uint))
        {
            ulong high = Unsafe.ReadUnaligned<uint>(source + length - sizeof(uint));
            return Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(source) | high << (8 * (length - sizeof(uint)))).AsByte();
        }

        int middle = length / 2;
        return Vector128.CreateScalar(source[0] | (uint)source[middle] << (8 * middle) | (uint)source[length - 1] << (8 * (length - 1))).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<byte> block, byte* destination, int length)
    {
        ulong low = block.AsUInt64().ToScalar();
        if (length > sizeof(ulong))
        {
            ulong high = block.AsUInt64().GetElement(1);
            Unsafe.WriteUnaligned(destination, low);
            int missing = BlockLength - length;
            Unsafe.WriteUnaligned(destination + length - sizeof(ulong), high << (8 * missing) | low >> (8 * (sizeof(ulong) - missing)));
        }
        else if (length >= sizeof(uint))
        {
            Unsafe.WriteUnaligned(destination, (uint)low);
            Unsafe.WriteUnaligned(destination + length - sizeof(uint), (uint)(low >> (8 * (length - sizeof(uint)))));
        }
        else
        {
            int middle = length / 2;
            destination[0] = (byte)low;
            destination[middle] = (byte)(low >> (8 * middle));
            destination[length - 1] = (byte)(low >> (8 * (length - 1)));
        }
    }

    /// <summary>Zeros what is behind the length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Cut(Vector128<byte> block, int length) =>
        block & Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(Masks), (nuint)(BlockLength - length));
}
