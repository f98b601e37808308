using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sfu.Node;
using Sfu.Rooms;
using Sfu.TestKit.Node;

namespace Sfu.Tests.Node;

/// <summary>What a backend does with a node's rooms, and who waits before them.</summary>
public sealed class RoomsOfNodeTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private SfuNode _node;

    public RoomsOfNodeTests() => _node = Start(new SfuOptions());

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public void A_room_is_created_once_with_the_nodes_limits_where_it_sets_none()
    {
        Assert.True(_node.CreateRoom("lobby", new RoomSettings { Title = "Birds" }, out RoomSnapshot? created));
        Assert.False(_node.CreateRoom("lobby", new RoomSettings { Title = "Bees" }, out RoomSnapshot? found));

        Assert.Equal((created!.Id, "Birds"), (found!.Id, found.Settings.Title));
        Assert.Equal((3, 5_000), (created.Settings.Slots, created.Settings.MaxAudience));
    }

    [Fact]
    public void Who_waits_is_admitted_with_a_session_and_told_when_moving_up()
    {
        _node.CreateRoom("lobby", new RoomSettings { MaxAudience = 1, WaitingList = true }, out _);
        Session ann = Join("ann").Session!;
        (RecordingObserver ben, _, WaitingPlace? bensPlace) = Join("ben");
        (RecordingObserver cleo, _, WaitingPlace? cleosPlace) = Join("cleo");
        Assert.Equal((1, 2), (bensPlace!.Position, cleosPlace!.Position));

        ann.End(EndReason.Left);
        _time.Advance(Room.CountInterval);

        Assert.Equal("ben", ben.Admitted!.Identity);
        Assert.Null(cleo.Admitted);
        Assert.Equal(1, cleo.Place);
        cleosPlace.Leave();
        Assert.Equal(EndReason.Left, cleo.Ended);
    }

    [Fact]
    public void Doors_open_on_the_nodes_clock()
    {
        _node.CreateRoom("lobby", new RoomSettings { OpensAt = _time.GetUtcNow().AddMinutes(5) }, out _);
        (RecordingObserver ann, _, WaitingPlace? place) = Join("ann");
        Assert.Equal(WaitReason.DoorsClosed, place!.Reason);

        _time.Advance(TimeSpan.FromMinutes(5) - Room.CountInterval);
        Assert.Null(ann.Admitted);
        _time.Advance(Room.CountInterval);

        Assert.NotNull(ann.Admitted);
    }

    [Fact]
    public void Who_waits_when_a_room_is_closed_is_told()
    {
        _node.CreateRoom("lobby", new RoomSettings { MaxAudience = 1, WaitingList = true }, out _);
        Join("ann");
        (RecordingObserver ben, _, _) = Join("ben");

        Assert.True(_node.CloseRoom("lobby"));

        Assert.Equal(EndReason.RoomClosed, ben.Ended);
    }

    [Fact]
    public void Whoever_is_removed_by_a_backend_hears_of_it()
    {
        (RecordingObserver view, Session? ann, _) = Join("ann");

        Assert.Equal(RoomError.None, _node.Act("lobby", room => room.Remove(null, room.Find(ann!.Id)!)));

        Assert.Equal(EndReason.Removed, view.Ended);
        Assert.Equal(RoomError.NoSuchRoom, _node.Act("lobby", room => room.Close(null)));
    }

    [Fact]
    public void Only_those_whom_an_event_is_for_are_told()
    {
        (RecordingObserver annsView, Session? ann, _) = Join("ann");
        (RecordingObserver bensView, _, _) = Join("ben");
        var miasView = new RecordingObserver();
        _node.Join(Request("mia") with { Role = Role.Moderator }, miasView, out _, out _);

        ann!.Act((room, self) => room.RaiseHand(self, ""));

        Assert.IsType<HandRaised>(Assert.Single(annsView.Events));
        Assert.IsType<HandRaised>(Assert.Single(miasView.Events));
        Assert.Empty(bensView.Events);
    }

    [Fact]
    public void A_watcher_goes_on_where_it_stopped_without_gap_or_repeat()
    {
        _node.CreateRoom("lobby", new RoomSettings { EmptyTimeout = null }, out _);
        var first = new RecordingWatcher();
        RoomSnapshot opened = _node.Watch("lobby", first, 0, out _)!;
        Join("ann");
        _node.Unwatch(first);
        Join("ben");

        var second = new RecordingWatcher();
        RoomSnapshot now = _node.Watch("lobby", second, first.Events[^1].Event.Revision, out IReadOnlyList<RoomEvent>? missed)!;
        Join("cleo");

        Assert.Equal(now.Id, opened.Id);
        Assert.Equal(["ann"], Joined(first.Events.Select(e => e.Event)));
        Assert.Equal(["ben"], Joined(missed!));
        Assert.Equal(["cleo"], Joined(second.Events.Select(e => e.Event)));
        Assert.Null(_node.Watch("nowhere", second, 0, out _));
    }

    [Fact]
    public void A_watcher_of_all_rooms_hears_of_each_from_its_opening_to_its_end()
    {
        var watcher = new RecordingWatcher();
        _node.Watch(watcher);
        Join("ann").Session!.End(EndReason.Left);

        Assert.IsType<RoomOpened>(watcher.Events[0].Event);
        Assert.IsType<RoomEnded>(watcher.Events[^1].Event);
        Assert.All(watcher.Events, e => Assert.Equal("lobby", e.Room));
    }

    [Fact]
    public void A_draining_node_opens_no_room_and_keeps_those_it_has()
    {
        Join("ann");
        _node.Drain(on: true);

        Assert.False(_node.CreateRoom("other", new RoomSettings(), out RoomSnapshot? none));
        Assert.Null(none);
        Assert.Equal(RoomError.Unavailable, TryJoin("ben", "other"));
        Assert.Equal(RoomError.None, TryJoin("ben", "lobby"));
    }

    [Fact]
    public async Task Without_rooms_on_join_a_backend_has_to_create_them()
    {
        await _node.DisposeAsync();
        _node = Start(new SfuOptions { OpensRoomsOnJoin = false });
        Assert.Equal(RoomError.NoSuchRoom, TryJoin("ann", "lobby"));

        _node.CreateRoom("lobby", new RoomSettings(), out _);
        Assert.Equal(RoomError.None, TryJoin("ann", "lobby"));
    }

    [Fact]
    public async Task A_full_node_takes_nobody_into_any_room()
    {
        await _node.DisposeAsync();
        _node = Start(new SfuOptions { MaxParticipants = 1 });
        Assert.Equal(RoomError.None, TryJoin("ann", "lobby"));

        Assert.Equal(RoomError.NodeFull, TryJoin("ben", "other"));
    }

    private static string[] Joined(IEnumerable<RoomEvent> events) => [.. events.OfType<ParticipantJoined>().Select(e => e.Profile.Identity)];

    private static JoinRequest Request(string identity, string room = "lobby") => new(room, identity, identity, Role.Audience, OnStage: false);

    private SfuNode Start(SfuOptions options) =>
        SfuNode.Start(options with { Workers = 1, Port = 0, BindAddresses = [IPAddress.Loopback] }, _time, NullLoggerFactory.Instance);

    private RoomError TryJoin(string identity, string room) => _node.Join(Request(identity, room), new RecordingObserver(), out _, out _);

    private (RecordingObserver View, Session? Session, WaitingPlace? Place) Join(string identity)
    {
        var view = new RecordingObserver();
        Assert.Equal(RoomError.None, _node.Join(Request(identity), view, out Session? session, out WaitingPlace? place));
        return (view, session, place);
    }
}
