using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.Srtp;

namespace Sfu.FanOut;

/// <summary>Turns a segment into the datagram that its listener gets: the shared plaintext behind a header of the listener's.</summary>
internal sealed class SegmentWriter(SlotHistory[] histories)
{
    /// <summary>Bytes that a retransmission has before the original payload: the original sequence number.</summary>
    public const int OriginalNumberLength = 2;

    /// <summary>Everything in the datagram follows from the arguments, so that the same ones make the same bytes again.</summary>
    /// <param name="padding">0..255 bytes.</param>
    /// <param name="datagram">Begins where it is to be.</param>
    /// <returns>Its length.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Write(Listener listener, in ListenerSegment segment, int padding, Span<byte> datagram, TagBatch tags)
    {
        SlotHistory history = histories[segment.Slot];
        ReadOnlySpan<byte> plain = history.Read(history[segment.Position], segment.Form);
        plain[..RtpHeaderWriter.SlotHeaderLength].CopyTo(datagram);
        RtpHeaderWriter.PatchSequenceNumber(datagram, (ushort)segment.PacketIndex);
        if (listener.HasOwnHeaders)
            PatchHeader(listener, segment, plain, datagram);
        if (padding > 0)
            datagram[RtpOffsets.Flags] |= RtpOffsets.PaddingBit;
        return listener.Protector.Protect(
            datagram,
            RtpHeaderWriter.SlotHeaderLength,
            plain[RtpHeaderWriter.SlotHeaderLength..],
            padding,
            (uint)(segment.PacketIndex >> 16),
            tags);
    }

    /// <summary>The packet as its retransmission carries it (RFC 4588 section 4): header and payload of the original, whose number is in front of the payload.</summary>
    /// <param name="segment">The original.</param>
    /// <param name="ssrc">Of the retransmission stream.</param>
    /// <param name="rtxIndex">There; one plaintext each, also when a packet is sent again twice.</param>
    /// <param name="datagram">Exactly as long as the result.</param>
    public void WriteRtx(
        Listener listener, in ListenerSegment segment, byte payloadType, uint ssrc, long rtxIndex, Span<byte> datagram, TagBatch tags)
    {
        SlotHistory history = histories[segment.Slot];
        ReadOnlySpan<byte> plain = history.Read(history[segment.Position], segment.Form);
        plain[..RtpHeaderWriter.SlotHeaderLength].CopyTo(datagram);
        RtpHeaderWriter.PatchSequenceNumber(datagram, (ushort)rtxIndex);
        RtpHeaderWriter.PatchFormat(datagram, payloadType, listener.Format.LevelExtensionId);
        RtpHeaderWriter.PatchSource(datagram, RtpHeaderWriter.TimestampOf(plain) + segment.TimestampOffset, ssrc);

        Span<byte> payload = datagram[RtpHeaderWriter.SlotHeaderLength..^listener.Protector.RtpOverhead];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)segment.PacketIndex);
        plain[RtpHeaderWriter.SlotHeaderLength..].CopyTo(payload[OriginalNumberLength..]);
        listener.Protector.Protect(datagram, RtpHeaderWriter.SlotHeaderLength, payload, padding: 0, (uint)(rtxIndex >> 16), tags);
    }

    private static void PatchHeader(Listener listener, in ListenerSegment segment, ReadOnlySpan<byte> plain, Span<byte> datagram)
    {
        ListenerFormat format = listener.Format;
        byte payloadType = segment.Form == SlotForm.Red ? format.RedPayloadType ?? MediaConstants.RedPayloadType : format.OpusPayloadType;
        RtpHeaderWriter.PatchFormat(datagram, payloadType, format.LevelExtensionId);
        if (listener.Dominant is not null)
            RtpHeaderWriter.PatchSource(datagram, RtpHeaderWriter.TimestampOf(plain) + segment.TimestampOffset, DominantStream.Ssrc);
    }
}
