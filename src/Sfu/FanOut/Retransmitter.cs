using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.Time;

namespace Sfu.FanOut;

/// <summary>
/// Sends single packets of an audience's listeners again: on the stream that is there for it (RFC 4588), or to who knows none, as
/// browsers for audio, the same bytes under the same index.
/// </summary>
/// <remarks>
/// A packet is sent again only when all that made its plaintext can be told for certain. Its place in the slot follows from its number
/// while the base has not moved since; at or above the floor and before the cursor, whatever is in the history was sent under
/// that number and no other; padding and form are remembered for the latest packets.
/// </remarks>
internal sealed class Retransmitter(SlotHistory[] histories, SegmentWriter writer)
{
    /// <summary>
    /// The age that a packet may have when it arrives: what waited for longer is given up in the first place
    /// (<see cref="Audience.LongestWait"/>), and jitter buffers of conversations are shorter.
    /// </summary>
    public static readonly TimeSpan LongestAge = Audience.LongestWait;

    /// <summary>How often one packet is sent again: the second time is for who asked too early or lost it once more.</summary>
    public const int MostRepeats = 2;

    /// <param name="stream">The slot's number, by its SSRC.</param>
    /// <param name="sequence">Of the packet that the listener misses.</param>
    /// <param name="worker">Spent with the listener's own.</param>
    /// <param name="sender">Not flushed here.</param>
    /// <param name="tags">Of the worker.</param>
    /// <returns>Why not, or <see cref="DropReason.None"/>.</returns>
    public DropReason TrySend(
        Listener listener, int stream, ushort sequence, Instant now, ref RetransmissionBudget worker, IDatagramSender sender, TagBatch tags)
    {
        if (listener.Protection is not { Sent: { } sent } protection || listener.IsSilenced)
            return DropReason.NackUnknownPacket;
        int slot = listener.Dominant is { } dominant ? dominant.Slot : stream;
        if (slot < 0 || slot >= histories.Length)
            return DropReason.NackUnknownPacket;

        ref readonly ListenerSlot numbers = ref listener.NumbersOf(stream);
        if (!numbers.TryFind(sequence, SentPackets.Depth, out long packetIndex, out long index))
            return DropReason.NackUnknownPacket;
        ref SentPacket packet = ref sent.At(stream, packetIndex);
        if (packet.Sequence != sequence)
            return DropReason.NackUnknownPacket;
        if (packet.Repeats == MostRepeats)
            return DropReason.NackRepeated;

        SlotHistory history = histories[slot];
        long position = history.Find(index);
        if (position < 0 || now - history[position].Arrival + protection.RoundTrip > LongestAge)
            return DropReason.NackTooLate;
        if (position >= listener.Slots[slot].Cursor)
            return DropReason.NackUnknownPacket;
        if (!protection.Budget.Allows(now))
            return DropReason.NackListenerBudget;
        if (!worker.Allows(now))
            return DropReason.NackWorkerBudget;

        protection.Budget.Spend(now);
        worker.Spend(now);
        packet.Repeats++;
        var segment = new ListenerSegment
        {
            Position = position,
            PacketIndex = packetIndex,
            TimestampOffset = listener.Dominant?.TimestampOffset ?? 0,
            Length = history[position].LengthAs(packet.Form),
            Slot = (byte)slot,
            Form = packet.Form,
        };
        if (listener.Format.RtxPayloadTypeOf(packet.Form) is { } payloadType)
            SendRtx(listener, segment, payloadType, stream, protection.NextRtxIndex(stream), sender, tags);
        else
            SendSameBytes(listener, segment, packet, stream, sender, tags);
        return DropReason.None;
    }

    private void SendRtx(
        Listener listener, in ListenerSegment segment, byte payloadType, int stream, long rtxIndex, IDatagramSender sender, TagBatch tags)
    {
        int length = segment.Length + SegmentWriter.OriginalNumberLength + listener.Protector.RtpOverhead;
        writer.WriteRtx(listener, segment, payloadType, MediaConstants.RtxSsrc(stream), rtxIndex, sender.Reserve(length)[..length], tags);
        sender.Commit(listener.Path, length, length);
    }

    private void SendSameBytes(Listener listener, in ListenerSegment segment, in SentPacket packet, int stream, IDatagramSender sender, TagBatch tags)
    {
        // Only here: the stream's own packets, which reports tell of, are as complete afterwards as if the line had lost nothing.
        if (packet.Repeats == 1)
            listener.Slots[stream].Repaired++;
        int length = segment.Length + packet.Padding + listener.Protector.RtpOverhead;
        writer.Write(listener, segment, packet.Padding, sender.Reserve(length)[..length], tags);
        sender.Commit(listener.Path, length, length);
    }
}
