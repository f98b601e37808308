using System.Buffers.Binary;
using Sfu.Diagnostics;

namespace Sfu.Rtp;

/// <summary>What SRTP leaves in the clear of an RTP packet (RFC 3550 5.1, RFC 3711 3.1): everything but payload and padding.</summary>
/// <param name="HasPadding">The padding bit. How much padding there is stands in the last byte of the plaintext: see <see cref="RtpPacket"/>.</param>
/// <param name="PayloadType">0..127.</param>
/// <param name="CsrcCount">0..15.</param>
/// <param name="HasExtension">The X bit.</param>
/// <param name="Length">Bytes up to the payload: fixed header, CSRCs and header extensions. Never beyond the packet.</param>
public readonly record struct RtpHeader(
    bool Marker,
    bool HasPadding,
    byte PayloadType,
    ushort SequenceNumber,
    uint Timestamp,
    uint Ssrc,
    byte CsrcCount,
    bool HasExtension,
    int Length)
{
    /// <param name="packet">An RTP or SRTP packet from its first byte; for SRTP, with or without its authentication tag.</param>
    /// <param name="header">Set when the result is <see cref="DropReason.None"/>.</param>
    /// <returns><see cref="DropReason.None"/> or <see cref="DropReason.RtpMalformed"/>.</returns>
    public static DropReason TryRead(ReadOnlySpan<byte> packet, out RtpHeader header)
    {
        header = default;
        if (packet.Length < RtpOffsets.FixedLength)
            return DropReason.RtpMalformed;

        byte flags = packet[RtpOffsets.Flags];
        if (flags >> RtpOffsets.VersionShift != RtpOffsets.Version)
            return DropReason.RtpMalformed;

        byte csrcCount = (byte)(flags & RtpOffsets.CsrcCountMask);
        bool hasExtension = (flags & RtpOffsets.ExtensionBit) != 0;
        int length = RtpOffsets.FixedLength + csrcCount * RtpOffsets.CsrcLength;
        if (hasExtension)
        {
            if (packet.Length < length + RtpOffsets.ExtensionHeaderLength)
                return DropReason.RtpMalformed;
            int words = BinaryPrimitives.ReadUInt16BigEndian(packet[(length + RtpOffsets.ExtensionLengthField)..]);
            length += RtpOffsets.ExtensionHeaderLength + words * RtpOffsets.WordLength;
        }

        if (packet.Length < length)
            return DropReason.RtpMalformed;

        byte second = packet[RtpOffsets.PayloadType];
        header = new RtpHeader(
            (second & RtpOffsets.MarkerBit) != 0,
            (flags & RtpOffsets.PaddingBit) != 0,
            (byte)(second & RtpOffsets.PayloadTypeMask),
            BinaryPrimitives.ReadUInt16BigEndian(packet[RtpOffsets.SequenceNumber..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[RtpOffsets.Timestamp..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[RtpOffsets.Ssrc..]),
            csrcCount,
            hasExtension,
            length);
        return DropReason.None;
    }
}
