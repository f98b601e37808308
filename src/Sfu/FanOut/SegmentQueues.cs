using Sfu.Slots;

namespace Sfu.FanOut;

/// <summary>What waits for one listener: a queue for each stream that it hears, in the order in which packets leave.</summary>
/// <remarks>Segments are known by their number in <see cref="Segments"/>; [head, end) of a queue are waiting.</remarks>
internal sealed class SegmentQueues
{
    private readonly ListenerSegment[] _segments;
    private readonly int[] _heads;
    private readonly int[] _ends;

    public SegmentQueues(int slots)
    {
        _segments = new ListenerSegment[slots * SlotHistory.MaxEntries];
        _heads = new int[slots];
        _ends = new int[slots];
    }

    public ReadOnlySpan<ListenerSegment> Segments => _segments;

    /// <summary>By queue; whoever takes segments moves them on.</summary>
    public Span<int> Heads => _heads;

    public ReadOnlySpan<int> Ends => _ends;

    /// <summary>Where a queue's segments are to be written; the first one may take as many as all together, when it is the only one.</summary>
    public Span<ListenerSegment> Open(int queue) => _segments.AsSpan(queue * SlotHistory.MaxEntries);

    /// <summary>Gives a queue the first segments of what <see cref="Open"/> gave; those that it had are gone.</summary>
    public void Fill(int queue, int count)
    {
        _heads[queue] = queue * SlotHistory.MaxEntries;
        _ends[queue] = _heads[queue] + count;
    }
}
