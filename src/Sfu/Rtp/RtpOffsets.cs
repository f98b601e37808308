namespace Sfu.Rtp;

/// <summary>Where the fields of the fixed RTP header are (RFC 3550 5.1), in bytes, and its bits.</summary>
internal static class RtpOffsets
{
    public const int Flags = 0;
    public const int PayloadType = 1;
    public const int SequenceNumber = 2;
    public const int Timestamp = 4;
    public const int Ssrc = 8;

    /// <summary>The length of the fixed header, and where the CSRC list starts.</summary>
    public const int FixedLength = 12;

    public const int CsrcLength = 4;

    /// <summary>The 16 bits "defined by profile" and the 16-bit length that precede header extensions (RFC 3550 5.3.1).</summary>
    public const int ExtensionHeaderLength = 4;

    public const int ExtensionLengthField = 2;

    /// <summary>The extension's length counts 32-bit words.</summary>
    public const int WordLength = 4;

    public const byte Version = 2;
    public const int VersionShift = 6;
    public const byte PaddingBit = 0x20;
    public const byte ExtensionBit = 0x10;
    public const byte CsrcCountMask = 0x0F;
    public const byte MarkerBit = 0x80;
    public const byte PayloadTypeMask = 0x7F;
}
