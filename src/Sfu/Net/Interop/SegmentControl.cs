using System.Runtime.InteropServices;

namespace Sfu.Net.Interop;

/// <summary>A control message (<c>struct cmsghdr</c> and its data) that tells the kernel to cut a message into datagrams (udp(7), UDP_SEGMENT).</summary>
[StructLayout(LayoutKind.Explicit, Size = Space)]
internal struct SegmentControl
{
    /// <summary>CMSG_SPACE of two data bytes.</summary>
    public const int Space = 24;

    /// <summary>CMSG_LEN of two data bytes.</summary>
    private const int LengthWithData = 18;

    [FieldOffset(0)]
    private nuint _length;

    [FieldOffset(8)]
    private int _level;

    [FieldOffset(12)]
    private int _type;

    [FieldOffset(16)]
    private ushort _segmentSize;

    public readonly int SegmentSize => _segmentSize;

    public static SegmentControl Of(int segmentSize) => new()
    {
        _length = LengthWithData,
        _level = SocketConstants.LevelUdp,
        _type = SocketConstants.UdpSegment,
        _segmentSize = (ushort)segmentSize,
    };
}
