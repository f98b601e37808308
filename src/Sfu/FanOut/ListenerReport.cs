using System.Diagnostics;
using Sfu.Net;
using Sfu.Rtcp;
using Sfu.Slots;
using Sfu.Time;

namespace Sfu.FanOut;

/// <summary>The compound RTCP packet that one listener gets: an SR for each stream that it has heard, and their CNAMEs (RFC 3550 6.1).</summary>
internal static class ListenerReport
{
    /// <summary>An SR of 28 bytes and an SDES of 16 for each slot.</summary>
    private const int MaxLength = MediaConstants.MaxSlots * (28 + 16);

    /// <summary>Sends nothing to a listener that has heard nothing, is paused or has no path.</summary>
    /// <param name="ntp">The same instant as <paramref name="now"/>.</param>
    public static void Send(Listener listener, ReadOnlySpan<SlotHistory> histories, Instant now, ulong ntp, IDatagramSender sender)
    {
        if (listener.IsSilenced || !HasHeardAny(listener, histories))
            return;

        Span<byte> packet = sender.Reserve(MaxLength + listener.Protector.RtcpOverhead);
        var writer = new RtcpWriter(packet);
        bool fits = listener.Dominant is { } stream
            ? TryWrite(ref writer, stream, now, ntp)
            : TryWrite(ref writer, listener, histories, now, ntp);
        Debug.Assert(fits);
        int length = listener.Protector.ProtectRtcp(packet, writer.Length);
        sender.Commit(listener.Path, length, length);
    }

    private static bool TryWrite(ref RtcpWriter writer, Listener listener, ReadOnlySpan<SlotHistory> histories, Instant now, ulong ntp)
    {
        bool fits = true;
        for (int slot = 0; slot < histories.Length; slot++)
        {
            ref readonly ListenerSlot view = ref listener.Slots[slot];
            if (IsHeard(view, histories[slot]))
                fits &= writer.TryWriteSenderReport(MediaConstants.SlotSsrc(slot), ntp, histories[slot].TimestampAt(now), view.Packets, view.Octets);
        }

        for (int slot = 0; slot < histories.Length; slot++)
        {
            if (IsHeard(listener.Slots[slot], histories[slot]))
                fits &= writer.TryWriteCname(MediaConstants.SlotSsrc(slot), MediaConstants.Cname);
        }

        return fits;
    }

    private static bool TryWrite(ref RtcpWriter writer, DominantStream stream, Instant now, ulong ntp) =>
        writer.TryWriteSenderReport(DominantStream.Ssrc, ntp, stream.TimestampAt(now), stream.Packets, stream.Octets)
        && writer.TryWriteCname(DominantStream.Ssrc, MediaConstants.Cname);

    private static bool HasHeardAny(Listener listener, ReadOnlySpan<SlotHistory> histories)
    {
        if (listener.Dominant is { } stream)
            return stream.Packets > 0;
        for (int slot = 0; slot < histories.Length; slot++)
        {
            if (IsHeard(listener.Slots[slot], histories[slot]))
                return true;
        }

        return false;
    }

    private static bool IsHeard(in ListenerSlot view, SlotHistory history) => view.Packets > 0 && history.Next > 0;
}
