using Sfu.Buffers;

namespace Sfu.Net;

/// <summary>What of a batch goes to TCP paths: where it lies until it is handed over.</summary>
internal sealed class FrameBatch(int capacity)
{
    private readonly Entry[] _entries = new Entry[capacity];

    public int Count { get; private set; }

    public bool IsFull => Count == _entries.Length;

    public void Add(in NetworkPath path, int offset, int length, int segmentSize) => _entries[Count++] = new Entry(path, offset, length, segmentSize);

    /// <summary>Leaves nothing behind.</summary>
    public void HandOver(PinnedMemory payloads, IFrameSender sender)
    {
        for (int i = 0; i < Count; i++)
        {
            ref readonly Entry entry = ref _entries[i];
            sender.Send(entry.Path, payloads.Slice(entry.Offset, entry.Length), entry.SegmentSize);
        }

        Count = 0;
    }

    private readonly record struct Entry(NetworkPath Path, int Offset, int Length, int SegmentSize);
}
