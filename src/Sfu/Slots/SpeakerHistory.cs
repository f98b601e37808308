using Sfu.Rtp;
using Sfu.Time;

namespace Sfu.Slots;

/// <summary>The newest packets of a speaker that have not gone out: the first syllable, while it is still being told from noise.</summary>
/// <remarks>Copies; of the home worker's thread. When it is full the oldest makes room.</remarks>
internal sealed class SpeakerHistory
{
    /// <summary>Packets; a power of two. More than there are in 60 ms, but for encoders whose frames are shorter than 10 ms.</summary>
    public const int Capacity = 8;

    /// <summary>Bytes of a payload; 60 ms at 85 kbit/s. What is longer is not kept.</summary>
    public const int MaxPayload = 640;

    private readonly Entry[] _entries = new Entry[Capacity];
    private readonly byte[] _bytes = new byte[Capacity * MaxPayload];
    private int _first;

    public int Count { get; private set; }

    /// <summary>When the oldest arrived; there must be one.</summary>
    public Instant OldestArrival => _entries[_first].Arrival;

    public void Add(in SpeakerPacket packet, Instant arrival)
    {
        if (packet.Payload.Length > MaxPayload)
        {
            Clear();
            return;
        }

        if (Count == Capacity)
            RemoveOldest();
        int at = (_first + Count++) & (Capacity - 1);
        _entries[at] = new Entry(packet.Ssrc, packet.Index, packet.Timestamp, packet.Marker, packet.Level, arrival, packet.Payload.Length);
        packet.Payload.CopyTo(_bytes.AsSpan(at * MaxPayload));
    }

    /// <summary>There must be one; its payload is valid until the next <see cref="Add"/>.</summary>
    public SpeakerPacket Oldest()
    {
        ref readonly Entry entry = ref _entries[_first];
        return new SpeakerPacket
        {
            Ssrc = entry.Ssrc,
            Index = entry.Index,
            Timestamp = entry.Timestamp,
            Marker = entry.Marker,
            Level = entry.Level,
            Payload = _bytes.AsSpan(_first * MaxPayload, entry.Length),
        };
    }

    public void RemoveOldest()
    {
        _first = (_first + 1) & (Capacity - 1);
        Count--;
    }

    public void DropBefore(Instant instant)
    {
        while (Count > 0 && OldestArrival < instant)
            RemoveOldest();
    }

    public void Clear() => Count = 0;

    private readonly record struct Entry(
        uint Ssrc, long Index, uint Timestamp, bool Marker, AudioLevel? Level, Instant Arrival, int Length);
}
