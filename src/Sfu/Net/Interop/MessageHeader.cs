using System.Runtime.InteropServices;

namespace Sfu.Net.Interop;

/// <summary><c>struct mmsghdr</c> with its <c>struct msghdr</c>, as 64-bit Linux lays it out.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal unsafe struct MessageHeader
{
    /// <summary>MSG_TRUNC: the datagram was longer than the buffer.</summary>
    public const int Truncated = 0x20;

    [FieldOffset(0)]
    public byte* Name;

    [FieldOffset(8)]
    public uint NameLength;

    [FieldOffset(16)]
    public IoVector* Vectors;

    [FieldOffset(24)]
    public nuint VectorCount;

    [FieldOffset(32)]
    public SegmentControl* Control;

    [FieldOffset(40)]
    public nuint ControlLength;

    [FieldOffset(48)]
    public int Flags;

    /// <summary>Set by the kernel: bytes sent or received.</summary>
    [FieldOffset(56)]
    public uint Transferred;
}
