using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sfu.LoadTest.Speaking;

/// <summary>Says which packet this is: 16 bytes in Opus padding, which decoders skip.</summary>
/// <param name="Speaker">Of all rooms.</param>
/// <param name="Turn">Counts the times that the speaker began to speak.</param>
/// <param name="Number">Counts the speaker's packets.</param>
/// <param name="SentAt">CLOCK_REALTIME nanoseconds, just before the packet was encrypted and sent.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PacketMarker(ushort Speaker, ushort Turn, uint Number, long SentAt)
{
    public const int Length = 16;

    private const int TurnOffset = 2;
    private const int NumberOffset = 4;
    private const int SentAtOffset = 8;

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, Speaker);
        BinaryPrimitives.WriteUInt16BigEndian(destination[TurnOffset..], Turn);
        BinaryPrimitives.WriteUInt32BigEndian(destination[NumberOffset..], Number);
        BinaryPrimitives.WriteInt64BigEndian(destination[SentAtOffset..], SentAt);
    }

    public static PacketMarker Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt16BigEndian(source),
        BinaryPrimitives.ReadUInt16BigEndian(source[TurnOffset..]),
        BinaryPrimitives.ReadUInt32BigEndian(source[NumberOffset..]),
        BinaryPrimitives.ReadInt64BigEndian(source[SentAtOffset..]));
}
