using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sfu.Buffers;

/// <summary>An array that the collector never moves, so that the kernel may hold addresses into it.</summary>
/// <remarks>Zeroed. It lives as long as its owner does; the owner keeps itself alive over every native call that uses a pointer.</remarks>
internal sealed unsafe class PinnedArray<T>
    where T : unmanaged
{
    private readonly T[] _items;

    public PinnedArray(int length)
    {
        _items = GC.AllocateArray<T>(length, pinned: true);
        Pointer = (T*)Unsafe.AsPointer(
            ref MemoryMarshal.GetArrayDataReference(_items));
    }

    public int Length => _items.Length;

    /// <summary>The address of item 0.</summary>
    public T* Pointer { get; }

    public ref T this[int index] => ref _items[index];

    public Span<T> Span => _items;
}
