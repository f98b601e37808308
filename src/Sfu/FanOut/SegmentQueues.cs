using Sfu.Slots;

namespace Sfu.FanOut;

/// <summary>What waits for one listener: a queue for each stream that it hears, in the order in which packets leave.</summary>
/// <remarks>Segments are known by their number in <see cref="Segments"/>; [head, end) of a queue are waiting.</remarks>
internal sealed class SegmentQueues
{
    /// <summary>The result of a search that found nothing.</summary>
    public const int None = -1;

    private readonly ListenerSegment[] _segments;
    private readonly int[] _heads;
    private readonly int[] _ends;

    public SegmentQueues(int slots)
    {
        _segments = new ListenerSegment[slots * SlotHistory.MaxEntries];
        _heads = new int[slots];
        _ends = new int[slots];
    }

    public int Count => _heads.Length;

    public ReadOnlySpan<ListenerSegment> Segments => _segments;

    /// <summary>Of all queues together.</summary>
    public int Waiting { get; private set; }

    /// <summary>Empties a queue for the next listener; the first one holds as much as all together, when it is the only one.</summary>
    public void Begin(int queue)
    {
        _heads[queue] = queue * SlotHistory.MaxEntries;
        _ends[queue] = _heads[queue];
    }

    public void Add(int queue, in ListenerSegment segment)
    {
        _segments[_ends[queue]++] = segment;
        Waiting++;
    }

    public bool IsEmpty(int queue) => _heads[queue] == _ends[queue];

    /// <summary>The number of the segment at a queue's head, which must not be empty.</summary>
    public int Head(int queue) => _heads[queue];

    public int Take(int queue)
    {
        Waiting--;
        return _heads[queue]++;
    }

    /// <summary>A queue whose next segment is shorter, or <see cref="None"/>.</summary>
    public int FindShorterHead(int length)
    {
        for (int queue = 0; queue < _heads.Length; queue++)
        {
            if (!IsEmpty(queue) && _segments[_heads[queue]].Length < length)
                return queue;
        }

        return None;
    }
}
