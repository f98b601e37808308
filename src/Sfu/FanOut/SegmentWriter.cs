using System.Runtime.CompilerServices;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.Srtp;

namespace Sfu.FanOut;

/// <summary>Turns a segment into the datagram that its listener gets: the shared plaintext behind a header of the listener's.</summary>
internal sealed class SegmentWriter(SlotHistory[] histories)
{
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

    private static void PatchHeader(Listener listener, in ListenerSegment segment, ReadOnlySpan<byte> plain, Span<byte> datagram)
    {
        ListenerFormat format = listener.Format;
        byte payloadType = segment.Form == SlotForm.Red ? format.RedPayloadType ?? MediaConstants.RedPayloadType : format.OpusPayloadType;
        RtpHeaderWriter.PatchFormat(datagram, payloadType, format.LevelExtensionId);
        if (listener.Dominant is not null)
            RtpHeaderWriter.PatchSource(datagram, RtpHeaderWriter.TimestampOf(plain) + segment.TimestampOffset, DominantStream.Ssrc);
    }
}
