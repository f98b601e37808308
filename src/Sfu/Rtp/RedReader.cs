using System.Buffers.Binary;
using Sfu.Diagnostics;

namespace Sfu.Rtp;

/// <summary>Enumerates the blocks of a RED payload from the oldest to the primary one (RFC 2198 section 3).</summary>
public ref struct RedReader
{
    private const byte FollowBit = 0x80;
    private const byte PayloadTypeMask = 0x7F;
    private const int RedundantHeaderLength = 4;
    private const int PrimaryHeaderLength = 1;

    // The 32 bits of a redundant block's header: F(1) PT(7) timestamp offset(14) length(10).
    private const int TimestampOffsetShift = 10;
    private const uint TimestampOffsetMask = 0x3FFF;
    private const uint LengthMask = 0x3FF;

    private readonly ReadOnlySpan<byte> _payload;
    private readonly int _primaryHeader;
    private readonly int _primaryData;
    private int _nextHeader;
    private int _nextData;

    private RedReader(ReadOnlySpan<byte> payload, int primaryHeader, int primaryData)
    {
        _payload = payload;
        _primaryHeader = primaryHeader;
        _primaryData = primaryData;
        _nextData = primaryHeader + PrimaryHeaderLength;
    }

    /// <summary>Valid after <see cref="MoveNext"/> returned true.</summary>
    public RedBlock Current { get; private set; }

    /// <summary>How many older blocks come before the primary one.</summary>
    public readonly int RedundantCount => _primaryHeader / RedundantHeaderLength;

    /// <summary>The newest audio, at the packet's own timestamp.</summary>
    public readonly RedBlock Primary =>
        new((byte)(_payload[_primaryHeader] & PayloadTypeMask), 0, true, _payload[_primaryData..]);

    /// <summary>Checks every header and length before anything is handed out.</summary>
    /// <param name="payload">The payload of an RTP packet, without its padding.</param>
    /// <param name="reader">Set when the result is <see cref="DropReason.None"/>; valid as long as <paramref name="payload"/> is.</param>
    /// <returns><see cref="DropReason.None"/> or <see cref="DropReason.RedMalformed"/>.</returns>
    public static DropReason TryRead(ReadOnlySpan<byte> payload, out RedReader reader)
    {
        reader = default;
        int header = 0;
        int redundantData = 0;
        while (header < payload.Length && (payload[header] & FollowBit) != 0)
        {
            if (payload.Length - header < RedundantHeaderLength)
                return DropReason.RedMalformed;
            redundantData += (int)(BinaryPrimitives.ReadUInt32BigEndian(payload[header..]) & LengthMask);
            header += RedundantHeaderLength;
        }

        int primaryData = header + PrimaryHeaderLength + redundantData;
        if (primaryData > payload.Length)
            return DropReason.RedMalformed;

        reader = new RedReader(payload, header, primaryData);
        return DropReason.None;
    }

    public readonly RedReader GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_payload.IsEmpty || _nextHeader > _primaryHeader)
            return false;

        if (_nextHeader == _primaryHeader)
        {
            Current = Primary;
            _nextHeader += PrimaryHeaderLength;
            return true;
        }

        uint header = BinaryPrimitives.ReadUInt32BigEndian(_payload[_nextHeader..]);
        int length = (int)(header & LengthMask);
        Current = new RedBlock(
            (byte)(_payload[_nextHeader] & PayloadTypeMask),
            (ushort)((header >> TimestampOffsetShift) & TimestampOffsetMask),
            false,
            _payload.Slice(_nextData, length));
        _nextHeader += RedundantHeaderLength;
        _nextData += length;
        return true;
    }
}
