using System.Buffers.Binary;

namespace Sfu.Rtp;

/// <summary>Writes a RED payload (RFC 2198 section 3): the headers of all blocks first, then their data in the same order.</summary>
internal ref struct RedWriter(Span<byte> destination)
{
    /// <summary>Bytes of a block's header before the primary one's.</summary>
    public const int RedundantHeaderLength = 4;

    public const int PrimaryHeaderLength = 1;

    /// <summary>Samples between a redundant block and the packet: 14 bits.</summary>
    public const int MaxTimestampOffset = 0x3FFF;

    /// <summary>Bytes of a redundant block: 10 bits. The primary one has no such limit.</summary>
    public const int MaxBlockLength = 0x3FF;

    private const uint FollowBit = 0x8000_0000;
    private const int PayloadTypeShift = 24;
    private const int TimestampOffsetShift = 10;

    private readonly Span<byte> _destination = destination;

    public int Length { get; private set; }

    /// <param name="timestampOffset">1..<see cref="MaxTimestampOffset"/>.</param>
    /// <param name="length">0..<see cref="MaxBlockLength"/>.</param>
    public void AddRedundantHeader(byte payloadType, int timestampOffset, int length)
    {
        uint header = FollowBit | (uint)payloadType << PayloadTypeShift | (uint)timestampOffset << TimestampOffsetShift | (uint)length;
        BinaryPrimitives.WriteUInt32BigEndian(_destination[Length..], header);
        Length += RedundantHeaderLength;
    }

    /// <summary>The last of the headers.</summary>
    public void AddPrimaryHeader(byte payloadType) => _destination[Length++] = payloadType;

    public void AddData(ReadOnlySpan<byte> block)
    {
        block.CopyTo(_destination[Length..]);
        Length += block.Length;
    }
}
