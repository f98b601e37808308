using System.Runtime.InteropServices;
using Sfu.Buffers;

namespace Sfu.Mailboxes;

/// <summary>The two ends of a queue on cache lines of their own, so that producers and the consumer do not slow each other.</summary>
[StructLayout(LayoutKind.Explicit, Size = 3 * PinnedMemory.CacheLine)]
internal struct QueuePositions
{
    /// <summary>The next position to be claimed by a producer.</summary>
    [FieldOffset(PinnedMemory.CacheLine)]
    public long Tail;

    /// <summary>The next position to be taken. The consumer's alone.</summary>
    [FieldOffset(2 * PinnedMemory.CacheLine)]
    public long Head;
}
