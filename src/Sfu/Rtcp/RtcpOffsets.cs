namespace Sfu.Rtcp;

/// <summary>The header that all RTCP packets share (RFC 3550 6.4.1), in bytes, and its bits.</summary>
internal static class RtcpOffsets
{
    public const int Flags = 0;
    public const int PacketType = 1;

    /// <summary>16 bits: the length of the packet in 32-bit words, less one.</summary>
    public const int Length = 2;

    public const int HeaderLength = 4;
    public const int WordLength = 4;
    public const int SsrcLength = 4;

    public const byte Version = 2;
    public const int VersionShift = 6;
    public const byte PaddingBit = 0x20;

    /// <summary>A count of blocks, chunks or SSRCs, or the format of a feedback message.</summary>
    public const byte CountMask = 0x1F;

    /// <summary>As many blocks, chunks or SSRCs as the count can tell.</summary>
    public const int MaxCount = 31;
}
