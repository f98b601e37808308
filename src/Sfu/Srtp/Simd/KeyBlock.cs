using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Sfu.Srtp.Simd;

/// <summary>Memory for what is precomputed of a key: aligned to cache lines, and pinned, so that the GC leaves no copy behind.</summary>
internal sealed unsafe class KeyBlock
{
    private const int CacheLine = 64;
    private const int ArrayAlignment = 8;

    private readonly byte[] _memory;

    public KeyBlock(int vectors)
    {
        Length = vectors * Vector128<byte>.Count;
        _memory = GC.AllocateUninitializedArray<byte>(Length + CacheLine - ArrayAlignment, pinned: true);
        fixed (byte* start = _memory)
            Start = (Vector128<byte>*)((nuint)(start + CacheLine - 1) & ~(nuint)(CacheLine - 1));
    }

    public int Length { get; }

    /// <summary>Valid as long as this object is.</summary>
    public Vector128<byte>* Start { get; }

    public void Clear() => CryptographicOperations.ZeroMemory(new Span<byte>(Start, Length));
}
