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

    private readonly SlotEntry[] _entries = new SlotEntry[MaxEntries];
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Capacity, pinned: true);
    private int _end;

    // Of the packet with the highest index.
    private uint _timestamp;
    private Instant _arrival;

    /// <summary>The position of the oldest packet that is kept.</summary>
    public long Oldest { get; private set; }

    /// <summary>The position that the next packet gets: the live edge.</summary>
    public long Next { get; private set; }

    /// <summary>The highest index that was ever appended; far below any index before there is one.</summary>
    public long Highest { get; private set; } = long.MinValue;

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

    /// <param name="payload">At most <see cref="MediaConstants.MaxPayload"/> bytes.</param>
    public void Append(in SlotPacketHeader header, ReadOnlySpan<byte> payload)
    {
        int length = RtpHeaderWriter.SlotHeaderLength + payload.Length;
        int offset = MakeRoom(length);
        Span<byte> packet = _bytes.AsSpan(offset, length);
        RtpHeaderWriter.WriteSlot(
            packet,
            header.Marker,
            MediaConstants.OpusPayloadType,
            sequenceNumber: 0,
            header.Timestamp,
            MediaConstants.SlotSsrc(header.Slot),
            header.Csrc,
            MediaConstants.AudioLevelExtensionId,
            header.Level);
        payload.CopyTo(packet[RtpHeaderWriter.SlotHeaderLength..]);

        ref SlotEntry entry = ref _entries[(int)Next & (MaxEntries - 1)];
        entry.Index = header.Index;
        entry.Arrival = header.Arrival;
        entry.Csrc = header.Csrc;
        entry.Offset = (ushort)offset;
        entry.Length = (ushort)length;
        entry.Rank = header.Rank;
        Next++;
        _end = offset + length;

        if (header.Index > Highest)
        {
            Highest = header.Index;
            _timestamp = header.Timestamp;
            _arrival = header.Arrival;
        }
    }

    /// <summary>Gives up what arrived before an instant.</summary>
    public void DropBefore(Instant instant)
    {
        while (Oldest < Next && this[Oldest].Arrival < instant)
            Oldest++;
    }

    /// <summary>The slot's RTP time at an instant, projected from its newest packet; there must have been one.</summary>
    public uint TimestampAt(Instant instant) => _timestamp + (uint)MediaTime.SamplesBetween(_arrival, instant);

    /// <summary>Gives up the oldest packets until an entry and <paramref name="length"/> bytes in a row are free.</summary>
    private int MakeRoom(int length)
    {
        if (Next - Oldest == MaxEntries)
            Oldest++;

        int offset = _end;
        if (offset + length > Capacity)
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
