using System.Buffers.Binary;

namespace Sfu.Rtp;

/// <summary>The one header that slot packets have: the fixed header, one CSRC and the audio level as the only extension (RFC 3550 5.1, RFC 6464).</summary>
public static class RtpHeaderWriter
{
    /// <summary>Bytes before the payload of every slot packet.</summary>
    public const int SlotHeaderLength = 24;

    /// <summary>Where the 16-bit sequence number is, which differs for each listener.</summary>
    public const int SequenceNumberOffset = RtpOffsets.SequenceNumber;

    public const int TimestampOffset = RtpOffsets.Timestamp;

    public const int SsrcOffset = RtpOffsets.Ssrc;

    /// <summary>Where the 32-bit CSRC is, which names the speaker.</summary>
    public const int CsrcOffset = RtpOffsets.FixedLength;

    /// <summary>Where the byte with the voice bit and the level is.</summary>
    public const int AudioLevelOffset = ElementsOffset + 1;

    private const int ExtensionOffset = CsrcOffset + RtpOffsets.CsrcLength;
    private const int ElementsOffset = ExtensionOffset + RtpOffsets.ExtensionHeaderLength;
    private const byte FirstByte = RtpOffsets.Version << RtpOffsets.VersionShift | RtpOffsets.ExtensionBit | 1;

    /// <param name="destination">At least <see cref="SlotHeaderLength"/> bytes; exactly so many are written.</param>
    /// <param name="marker">Set on the first packet after silence (RFC 3551 4.1).</param>
    /// <param name="payloadType">0..127.</param>
    /// <param name="extensionId">Of the audio level; 1..14.</param>
    public static void WriteSlot(
        Span<byte> destination,
        bool marker,
        byte payloadType,
        ushort sequenceNumber,
        uint timestamp,
        uint ssrc,
        uint csrc,
        byte extensionId,
        AudioLevel level)
    {
        Span<byte> header = destination[..SlotHeaderLength];
        header[RtpOffsets.Flags] = FirstByte;
        header[RtpOffsets.PayloadType] = (byte)((payloadType & RtpOffsets.PayloadTypeMask) | (marker ? RtpOffsets.MarkerBit : 0));
        BinaryPrimitives.WriteUInt16BigEndian(header[SequenceNumberOffset..], sequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(header[TimestampOffset..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(header[SsrcOffset..], ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(header[CsrcOffset..], csrc);
        BinaryPrimitives.WriteUInt16BigEndian(header[ExtensionOffset..], HeaderExtensions.OneByteProfile);
        BinaryPrimitives.WriteUInt16BigEndian(header[(ExtensionOffset + RtpOffsets.ExtensionLengthField)..], 1);

        // One element of one byte (its length field holds length - 1, so 0), then two bytes of padding to the word.
        header[ElementsOffset] = (byte)(extensionId << HeaderExtensions.OneByteIdShift);
        header[AudioLevelOffset] = level.ToByte();
        header[(AudioLevelOffset + 1)..].Clear();
    }

    /// <summary>Gives a slot packet another payload type and another id of the audio level; the header keeps its length.</summary>
    /// <param name="header">As <see cref="WriteSlot"/> made it.</param>
    /// <param name="extensionId">1..14; 0 takes the level out: what is left of the extension is padding (RFC 8285 4.2).</param>
    public static void PatchFormat(Span<byte> header, byte payloadType, byte extensionId)
    {
        header[RtpOffsets.PayloadType] = (byte)((header[RtpOffsets.PayloadType] & RtpOffsets.MarkerBit) | (payloadType & RtpOffsets.PayloadTypeMask));
        header[ElementsOffset] = (byte)(extensionId << HeaderExtensions.OneByteIdShift);
        if (extensionId == 0)
            header[AudioLevelOffset] = 0;
    }

    /// <inheritdoc cref="PatchSequenceNumber"/>
    public static uint TimestampOf(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt32BigEndian(packet[TimestampOffset..]);

    /// <inheritdoc cref="PatchSequenceNumber"/>
    public static void PatchSource(Span<byte> packet, uint timestamp, uint ssrc)
    {
        BinaryPrimitives.WriteUInt32BigEndian(packet[TimestampOffset..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet[SsrcOffset..], ssrc);
    }

    /// <param name="packet">Any RTP packet in the clear, from its first byte.</param>
    public static void PatchSequenceNumber(Span<byte> packet, ushort sequenceNumber) =>
        BinaryPrimitives.WriteUInt16BigEndian(packet[SequenceNumberOffset..], sequenceNumber);
}
