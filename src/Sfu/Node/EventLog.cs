using Sfu.Rooms;

namespace Sfu.Node;

/// <summary>The newest events of a room, so that whoever watches it can go on where the connection broke.</summary>
/// <remarks>Under the room's lock.</remarks>
internal sealed class EventLog
{
    public const int Capacity = 1_024;

    private readonly Queue<RoomEvent> _events = new();

    public void Add(RoomEvent roomEvent)
    {
        if (_events.Count == Capacity)
            _events.Dequeue();
        _events.Enqueue(roomEvent);
    }

    /// <param name="revision">Of the last event that is known.</param>
    /// <param name="newest">The room's.</param>
    /// <returns>Null when some of them are not held any more, or the revision is none of this room's.</returns>
    public IReadOnlyList<RoomEvent>? After(long revision, long newest)
    {
        if (revision < 0 || revision > newest || (_events.TryPeek(out RoomEvent? oldest) && oldest.Revision > revision + 1))
            return null;
        return [.. _events.Where(e => e.Revision > revision)];
    }
}
