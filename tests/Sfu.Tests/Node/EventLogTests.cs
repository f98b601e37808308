using Sfu.Node;
using Sfu.Rooms;

namespace Sfu.Tests.Node;

public sealed class EventLogTests
{
    private readonly EventLog _log = new();

    [Fact]
    public void What_came_after_a_revision_is_found()
    {
        Fill(5);

        Assert.Equal([4, 5], _log.After(3, newest: 5)!.Select(e => e.Revision));
        Assert.Empty(_log.After(5, newest: 5)!);
    }

    [Fact]
    public void The_oldest_events_are_forgotten_and_that_is_told()
    {
        Fill(EventLog.Capacity + 2);

        Assert.Null(_log.After(1, EventLog.Capacity + 2));
        Assert.Equal(EventLog.Capacity, _log.After(2, EventLog.Capacity + 2)!.Count);
    }

    [Fact]
    public void A_revision_that_the_room_never_had_is_told()
    {
        Fill(3);

        Assert.Null(_log.After(4, newest: 3));
        Assert.Null(_log.After(-1, newest: 3));
    }

    private void Fill(int events)
    {
        for (int i = 1; i <= events; i++)
            _log.Add(new AudienceCounted(i, i));
    }
}
