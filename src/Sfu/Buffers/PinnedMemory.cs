using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sfu.Buffers;

/// <summary>One block of bytes that the collector never moves, starting on a cache line.</summary>
/// <remarks>
/// The contents start undefined. There is one owner, named at construction by holding the object; slices are lent by it.
/// A native pointer into the block is good as long as the owner lives.
/// </remarks>
public sealed unsafe class PinnedMemory
{
    /// <summary>Bytes of a cache line on the processors we run on.</summary>
    public const int CacheLine = 64;

    private readonly byte[] _array;
    private readonly int _start;

    /// <param name="length">Bytes, at least 1.</param>
    public PinnedMemory(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        _array = GC.AllocateUninitializedArray<byte>(length + CacheLine - 1, pinned: true);
        byte* first = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
        _start = (int)(-(nint)first & (CacheLine - 1));
        Pointer = first + _start;
        Length = length;
    }

    public int Length { get; }

    public Span<byte> Span => _array.AsSpan(_start, Length);

    /// <summary>The address of byte 0; no bounds are checked beyond this point.</summary>
    internal byte* Pointer { get; }

    /// <exception cref="ArgumentOutOfRangeException">The slice is not wholly inside.</exception>
    public Span<byte> Slice(int offset, int length) => Span.Slice(offset, length);

    /// <summary><paramref name="length"/> rounded up to whole cache lines.</summary>
    internal static int AlignUp(int length) => (length + CacheLine - 1) & ~(CacheLine - 1);
}
