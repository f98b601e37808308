using System.Diagnostics;
using Sfu.Rtp;
using Sfu.Time;

namespace Sfu.Slots;

/// <summary>The latest packets of a slot as plaintext that is ready but for its sequence number, in order of arrival.</summary>
/// <remarks>
/// Owned by one audience. Positions count arrivals and never wrap; [<see cref="Oldest"/>, <see cref="Next"/>) are kept.
/// The bytes are pinned, so that native encryption may read them.
/// </remarks>
internal sealed class SlotHistory
{
    /// <summary>More than a second of one speaker; a power of two.</summary>
    public const int MaxEntries = 64;

    /// <summary>Room for <see cref="MaxEntries"/> packets of 96 kbit/s speech; larger packets push out older ones.</summary>
    public const int Capacity = 16 * 1024;

    /// <summary>A RED form is about three times as large.</summary>
    public const int CapacityWithRed = 60 * 1024;

    private readonly SlotEntry[] _entries = new SlotEntry[MaxEntries];
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(Capacity, pinned: true);
    private bool _buildsRed;
    private int _end;

    private SlotClock _clock = new(TimeSpan.FromSeconds(1));

    /// <summary>The position of the oldest packet that is kept.</summary>
    public long Oldest { get; private set; }

    /// <summary>The position that the next packet gets: the live edge.</summary>
    public long Next { get; private set; }

    /// <summary>The highest index that was ever appended; far below any index before there is one.</summary>
    public long Highest { get; private set; } = long.MinValue;

    /// <summary>Packets get their RED form as well. The first time takes memory; what is kept stays.</summary>
    public bool BuildsRed
    {
        get => _buildsRed;
        set
        {
            _buildsRed = value;
            if (!value || _bytes.Length == CapacityWithRed)
                return;
            byte[] grown = GC.AllocateUninitializedArray<byte>(CapacityWithRed, pinned: true);
            _bytes.CopyTo(grown, 0);
            _bytes = grown;
        }
    }

    /// <param name="position">In [<see cref="Oldest"/>, <see cref="Next"/>).</param>
    public ref readonly SlotEntry this[long position]
    {
        get
        {
            Debug.Assert(position >= Oldest && position < Next);
            return ref _entries[(int)position & (MaxEntries - 1)];
        }
    }

    /// <summary>The bytes of a kept packet; its payload starts at <see cref="RtpHeaderWriter.SlotHeaderLength"/>.</summary>
    public ReadOnlySpan<byte> Read(in SlotEntry entry) => _bytes.AsSpan(entry.Offset, entry.Length);

    /// <inheritdoc cref="Read(in SlotEntry)"/>
    /// <param name="form">That the entry has.</param>
    public ReadOnlySpan<byte> Read(in SlotEntry entry, SlotForm form) =>
        form == SlotForm.Opus ? Read(entry) : _bytes.AsSpan(entry.Offset + entry.Length, entry.RedLength);

    /// <summary>The position of the packet with an index, or -1.</summary>
    public long Find(long index)
    {
        for (long position = Next - 1; position >= Oldest; position--)
        {
            if (this[position].Index == index)
                return position;
        }

        return -1;
    }

    /// <param name="payload">At most <see cref="MediaConstants.MaxPayload"/> bytes.</param>
    public void Append(in SlotPacketHeader header, ReadOnlySpan<byte> payload)
    {
        int length = RtpHeaderWriter.SlotHeaderLength + payload.Length;
        RedForm red = _buildsRed ? RedForm.Find(this, header, payload.Length) : default;
        int redLength = red.PayloadLength > 0 ? RtpHeaderWriter.SlotHeaderLength + red.PayloadLength : 0;
        int offset = MakeRoom(length + redLength);
        Span<byte> packet = _bytes.AsSpan(offset, length);
        WriteHeader(packet, MediaConstants.OpusPayloadType, header);
        payload.CopyTo(packet[RtpHeaderWriter.SlotHeaderLength..]);
        if (redLength > 0)
            WriteRed(red, header, payload, _bytes.AsSpan(offset + length, redLength));

        ref SlotEntry entry = ref _entries[(int)Next & (MaxEntries - 1)];
        entry.Index = header.Index;
        entry.Arrival = header.Arrival;
        entry.Csrc = header.Csrc;
        entry.Offset = (ushort)offset;
        entry.Length = (ushort)length;
        entry.RedLength = (ushort)redLength;
        entry.Rank = header.Rank;
        Next++;
        _end = offset + length + redLength;

        if (header.Index > Highest)
        {
            Highest = header.Index;
            _clock.Note(header.Timestamp, header.Arrival);
        }
    }

    /// <summary>Gives up what arrived before an instant.</summary>
    public void DropBefore(Instant instant)
    {
        while (Oldest < Next && this[Oldest].Arrival < instant)
            Oldest++;
    }

    /// <summary>The slot's RTP time at an instant, projected from its latest packets; there must have been one.</summary>
    public uint TimestampAt(Instant instant) => _clock.At(instant);

    private static void WriteHeader(Span<byte> packet, byte payloadType, in SlotPacketHeader header) => RtpHeaderWriter.WriteSlot(
        packet,
        header.Marker,
        payloadType,
        sequenceNumber: 0,
        header.Timestamp,
        MediaConstants.SlotSsrc(header.Slot),
        header.Csrc,
        MediaConstants.AudioLevelExtensionId,
        header.Level);

    private void WriteRed(RedForm red, in SlotPacketHeader header, ReadOnlySpan<byte> payload, Span<byte> packet)
    {
        WriteHeader(packet, MediaConstants.RedPayloadType, header);
        red.Write(this, header.Timestamp, payload, packet[RtpHeaderWriter.SlotHeaderLength..]);
    }

    /// <summary>Gives up the oldest packets until an entry and <paramref name="length"/> bytes in a row are free.</summary>
    private int MakeRoom(int length)
    {
        if (Next - Oldest == MaxEntries)
            Oldest++;

        int offset = _end;
        if (offset + length > _bytes.Length)
        {
            // The row starts over; what lies between here and the end is older than everything at the start.
            while (Oldest < Next && this[Oldest].Offset >= offset)
                Oldest++;
            offset = 0;
        }

        while (Oldest < Next && this[Oldest].Offset >= offset && this[Oldest].Offset < offset + length)
            Oldest++;
        return offset;
    }
}
