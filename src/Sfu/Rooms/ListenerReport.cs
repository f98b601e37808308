using System.Buffers.Binary;
using Sfu.Net;
using Sfu.Slots;
using Sfu.Time;

namespace Sfu.Rooms;

/// <summary>The compound RTCP packet that one listener gets: an SR for each slot that it has heard, and an SDES that names them (RFC 3550 6.1, 6.4.1, 6.5).</summary>
internal sealed class ListenerReport
{
    private const byte NoReports = 2 << 6;
    private const byte SenderReportType = 200;
    private const byte SourceDescriptionType = 202;
    private const int HeaderLength = 4;
    private const int WordLength = 4;

    private const int SenderReportLength = 28;
    private const int SsrcOffset = 4;
    private const int NtpOffset = 8;
    private const int TimestampOffset = 16;
    private const int PacketsOffset = 20;
    private const int OctetsOffset = 24;

    private const byte CanonicalNameItem = 1;
    private const int ChunkLength = 12;
    private const int ItemOffset = 4;
    private const int NameLengthOffset = 5;
    private const int NameOffset = 6;

    /// <summary>One name for all slots: they share a clock.</summary>
    private static ReadOnlySpan<byte> CanonicalName => "sfu"u8;

    private readonly int[] _heard = new int[MediaConstants.MaxSlots];

    /// <summary>Sends nothing to a listener that has heard nothing or has no path.</summary>
    /// <param name="ntp">The same instant as <paramref name="now"/>.</param>
    public void Send(Listener listener, ReadOnlySpan<SlotHistory> histories, Instant now, ulong ntp, IDatagramSender sender)
    {
        int heard = FindHeard(listener, histories);
        if (heard == 0 || listener.Path.IsEmpty)
            return;

        int length = heard * (SenderReportLength + ChunkLength) + HeaderLength;
        Span<byte> packet = sender.Reserve(length + listener.Protector.RtcpOverhead);
        Span<byte> rest = packet;
        foreach (int slot in _heard.AsSpan(0, heard))
        {
            WriteSenderReport(rest, slot, listener.Slots[slot], histories[slot].TimestampAt(now), ntp);
            rest = rest[SenderReportLength..];
        }

        WriteSourceDescription(rest, heard);
        int total = listener.Protector.ProtectRtcp(packet, length);
        sender.Commit(listener.Path, total, total);
    }

    private int FindHeard(Listener listener, ReadOnlySpan<SlotHistory> histories)
    {
        int heard = 0;
        for (int slot = 0; slot < histories.Length; slot++)
        {
            if (listener.Slots[slot].Packets > 0 && histories[slot].Next > 0)
                _heard[heard++] = slot;
        }

        return heard;
    }

    private static void WriteSenderReport(Span<byte> packet, int slot, in ListenerSlot view, uint timestamp, ulong ntp)
    {
        WriteHeader(packet, 0, SenderReportType, SenderReportLength);
        BinaryPrimitives.WriteUInt32BigEndian(packet[SsrcOffset..], MediaConstants.SlotSsrc(slot));
        BinaryPrimitives.WriteUInt64BigEndian(packet[NtpOffset..], ntp);
        BinaryPrimitives.WriteUInt32BigEndian(packet[TimestampOffset..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet[PacketsOffset..], view.Packets);
        BinaryPrimitives.WriteUInt32BigEndian(packet[OctetsOffset..], view.Octets);
    }

    private void WriteSourceDescription(Span<byte> packet, int heard)
    {
        WriteHeader(packet, heard, SourceDescriptionType, HeaderLength + heard * ChunkLength);
        for (int i = 0; i < heard; i++)
        {
            Span<byte> chunk = packet.Slice(HeaderLength + i * ChunkLength, ChunkLength);
            chunk.Clear();
            BinaryPrimitives.WriteUInt32BigEndian(chunk, MediaConstants.SlotSsrc(_heard[i]));
            chunk[ItemOffset] = CanonicalNameItem;
            chunk[NameLengthOffset] = (byte)CanonicalName.Length;
            CanonicalName.CopyTo(chunk[NameOffset..]);
        }
    }

    /// <param name="count">Report blocks or chunks.</param>
    /// <param name="length">In bytes; on the wire it counts words less one (RFC 3550 6.4.1).</param>
    private static void WriteHeader(Span<byte> packet, int count, byte type, int length)
    {
        packet[0] = (byte)(NoReports | count);
        packet[1] = type;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(length / WordLength - 1));
    }
}
