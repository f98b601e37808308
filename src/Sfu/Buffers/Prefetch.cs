using System.Runtime.Intrinsics.X86;

namespace Sfu.Buffers;

/// <summary>Asks the processor for memory ahead of its use. A hint: it never faults, and nothing happens where there is no such instruction.</summary>
internal static unsafe class Prefetch
{
    /// <param name="bytes">From the object's beginning on.</param>
    public static void Object(object target, int bytes)
    {
        // The address is but a hint: it is no matter when the collector moves the object meanwhile.
#pragma warning disable CS8500
        Memory(*(byte**)&target, bytes);
#pragma warning restore CS8500
    }

    /// <param name="address">Any; also one that is nobody's.</param>
    public static void Memory(byte* address, int bytes)
    {
        if (!Sse.IsSupported)
            return;

        for (int offset = 0; offset < bytes; offset += PinnedMemory.CacheLine)
            Sse.Prefetch0(address + offset);
    }
}
