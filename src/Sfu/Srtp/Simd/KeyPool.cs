using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Sfu.Buffers;

namespace Sfu.Srtp.Simd;

/// <summary>Lends memory for what is precomputed of keys, cut from large pinned blocks: thousands of peers are a handful of them.</summary>
/// <remarks>Any thread; a lock is taken when a peer comes or goes. What has been lent once is lent again and never given back to the GC.</remarks>
internal sealed unsafe class KeyPool
{
    /// <summary>Bytes that are pinned at once.</summary>
    public const int SlabLength = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly List<PinnedMemory> _slabs = [];
    private readonly Stack<nint> _free = [];

    /// <param name="vectors">Of 16 bytes, in each block.</param>
    public KeyPool(int vectors) => BlockLength = PinnedMemory.AlignUp(vectors * Vector128<byte>.Count);

    /// <summary>Whole cache lines, so that no two peers share one.</summary>
    public int BlockLength { get; }

    public int Slabs
    {
        get
        {
            lock (_lock) return _slabs.Count;
        }
    }

    /// <summary>A block that begins on a cache line, its contents undefined; <see cref="KeyBlock"/> brings it back.</summary>
    internal Vector128<byte>* Rent()
    {
        lock (_lock)
        {
            if (_free.Count == 0) AddSlab();
            return (Vector128<byte>*)_free.Pop();
        }
    }

    /// <summary>Clears the block.</summary>
    internal void Return(Vector128<byte>* block)
    {
        CryptographicOperations.ZeroMemory(new Span<byte>(block, BlockLength));
        lock (_lock) _free.Push((nint)block);
    }

    private void AddSlab()
    {
        PinnedMemory slab = new(SlabLength);
        _slabs.Add(slab);

        // Blocks are lent in the order of their addresses: peers that come one after the other lie so, too.
        for (int offset = SlabLength / BlockLength * BlockLength - BlockLength; offset >= 0; offset -= BlockLength)
            _free.Push((nint)(slab.Pointer + offset));
    }
}
