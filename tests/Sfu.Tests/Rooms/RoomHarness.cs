using Sfu.Rooms;
using Sfu.Time;

namespace Sfu.Tests.Rooms;

/// <summary>A room on a clock of its own, with its events in one list.</summary>
internal sealed class RoomHarness
{
    private readonly List<RoomEvent> _events = [];
    private uint _nextCsrc = 1;
    private int _nextId;

    public RoomHarness(RoomSettings? settings = null, TimeSpan? doorsIn = null)
    {
        Room = new Room("life-1", "lobby", settings ?? new RoomSettings { MaxAudience = 100 }, Now, Now + (doorsIn ?? TimeSpan.Zero), () => _nextCsrc++);
        AllEvents();
    }

    public Instant Now { get; private set; } = new(10_000_000);

    public Room Room { get; }

    /// <summary>Everything since the last call.</summary>
    public IReadOnlyList<RoomEvent> AllEvents()
    {
        Drain();
        RoomEvent[] events = [.. _events];
        _events.Clear();
        return events;
    }

    /// <summary>As <see cref="AllEvents"/>, without what is for backends alone.</summary>
    public IReadOnlyList<RoomEvent> Events() => [.. AllEvents().Where(e => e is not BackendEvent)];

    public void Advance(TimeSpan time)
    {
        Now += time;
        Room.Tick(Now);
    }

    public RoomError TryJoin(JoinRequest request, out Participant? participant, out Waiter? waiter) =>
        Room.Join($"id-{request.Identity}-{++_nextId}", request, out participant, out waiter);

    public RoomError TryJoin(string identity, Role role = Role.Audience) => TryJoin(Request(identity, role), out _, out _);

    public Participant Join(string identity, Role role = Role.Audience, bool onStage = false)
    {
        Assert.Equal(RoomError.None, TryJoin(Request(identity, role) with { OnStage = onStage }, out Participant? participant, out _));
        return participant!;
    }

    public Waiter Wait(string identity)
    {
        Assert.Equal(RoomError.None, TryJoin(Request(identity), out Participant? participant, out Waiter? waiter));
        Assert.Null(participant);
        return waiter!;
    }

    public static JoinRequest Request(string identity, Role role = Role.Audience) =>
        new("lobby", identity, char.ToUpperInvariant(identity[0]) + identity[1..], role, OnStage: false);

    private void Drain()
    {
        while (Room.TryTakeEvent(out RoomEvent? roomEvent))
            _events.Add(roomEvent);
    }
}
