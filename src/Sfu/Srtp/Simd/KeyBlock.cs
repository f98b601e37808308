using System.Runtime.Intrinsics;

namespace Sfu.Srtp.Simd;

/// <summary>A block of a <see cref="KeyPool"/>; goes back there, cleared, on disposal or by its finalizer.</summary>
/// <remarks>Whoever works with the pointer keeps this object alive meanwhile.</remarks>
internal sealed unsafe class KeyBlock(KeyPool pool) : IDisposable
{
    private Vector128<byte>* _start = pool.Rent();

    ~KeyBlock() => Return();

    /// <exception cref="ObjectDisposedException">The memory may be another peer's by now.</exception>
    public Vector128<byte>* Start
    {
        get
        {
            ObjectDisposedException.ThrowIf(_start == null, this);
            return _start;
        }
    }

    /// <summary>Fetches the block into the caches.</summary>
    public void Prefetch() => Buffers.Prefetch.Memory((byte*)_start, pool.BlockLength);

    public void Dispose()
    {
        Return();
        GC.SuppressFinalize(this);
    }

    private void Return()
    {
        if (_start == null) return;

        pool.Return(_start);
        _start = null;
    }
}
