using Sfu.Rooms;
using Sfu.Time;

namespace Sfu.Tests.Rooms;

public sealed class RoomTests
{
    private readonly RoomHarness _harness = new(new RoomSettings { MaxAudience = 3, MaxStage = 2 });

    private Room Room => _harness.Room;

    [Fact]
    public void Nobody_inside_is_told_who_joins_or_leaves_the_audience()
    {
        Participant ann = _harness.Join("ann");
        _harness.Join("ben");
        Room.Leave(ann);

        Assert.Empty(_harness.Events());
        Assert.Equal(1, Room.Count);
    }

    [Fact]
    public void Backends_are_told_who_joins_and_leaves()
    {
        Participant ann = _harness.Join("ann");
        _harness.Join("ben");
        Room.Leave(ann);

        Assert.Collection(
            _harness.AllEvents(),
            e => Assert.Equal("ann", Assert.IsType<ParticipantJoined>(e).Profile.Identity),
            e => Assert.Equal("ben", Assert.IsType<ParticipantJoined>(e).Profile.Identity),
            e => Assert.Equal(("ann", EndReason.Left), (Assert.IsType<ParticipantLeft>(e).Identity, ((ParticipantLeft)e).Reason)));
    }

    [Fact]
    public void Revisions_grow_by_one_from_the_opening_on()
    {
        var room = new Room("life", "lobby", new RoomSettings { MaxAudience = 3 }, new Instant(0), new Instant(0), () => 7);
        room.Join("1", RoomHarness.Request("ann", Role.Speaker) with { OnStage = true }, out _, out _);

        var revisions = new List<long>();
        while (room.TryTakeEvent(out RoomEvent? roomEvent))
            revisions.Add(roomEvent.Revision);

        Assert.Equal([1, 2, 3], revisions);
        Assert.Equal(3, room.Snapshot().Revision);
    }

    [Fact]
    public void The_audience_is_counted_at_most_once_a_second_and_only_when_it_changed()
    {
        _harness.Join("ann");
        _harness.Join("ben");
        _harness.Advance(TimeSpan.Zero);
        Assert.Equal([2], Counts());

        _harness.Join("cleo");
        _harness.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Empty(Counts());

        _harness.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([3], Counts());
        Assert.Equal(Instant.Never, Room.Deadline);

        _harness.Advance(TimeSpan.FromSeconds(9));
        Assert.Empty(Counts());
    }

    [Fact]
    public void Who_takes_the_stage_is_no_longer_counted_with_the_audience()
    {
        _harness.Join("ann", Role.Speaker, onStage: true);
        _harness.Join("ben");

        RoomSnapshot snapshot = Room.Snapshot();
        Assert.Equal(1, snapshot.Audience);
        Assert.Equal("ann", Assert.Single(snapshot.Stage).Identity);
    }

    [Fact]
    public void Csrcs_are_unique_and_never_zero_even_when_the_source_repeats_itself()
    {
        Queue<uint> source = new([0, 7, 7, 8]);
        var room = new Room("life", "lobby", new RoomSettings { MaxAudience = 3 }, new Instant(0), new Instant(0), source.Dequeue);

        room.Join("1", RoomHarness.Request("ann"), out Participant? ann, out _);
        room.Join("2", RoomHarness.Request("ben"), out Participant? ben, out _);

        Assert.Equal((7u, 8u), (ann!.Csrc, ben!.Csrc));
    }

    [Fact]
    public void A_stay_that_has_ended_changes_nothing_for_the_one_that_replaced_it()
    {
        Participant first = _harness.Join("ann", Role.Speaker);
        Participant second = _harness.Join("ann", Role.Speaker, onStage: true);

        Room.Leave(first);

        Assert.Equal(RoomError.NotInRoom, Room.TakeStage(first));
        Assert.True(second.OnStage);
        Assert.Equal(1, Room.Count);
    }

    [Fact]
    public void Reactions_are_added_up_into_one_event_a_second()
    {
        Participant ann = _harness.Join("ann");
        _harness.Advance(TimeSpan.Zero);
        _harness.Events();
        for (int i = 0; i < 5_000; i++)
            Assert.Equal(RoomError.None, Room.React(ann, "👏"));
        Room.React(ann, "❤");
        _harness.Advance(TimeSpan.Zero);

        var counted = Assert.IsType<ReactionsCounted>(Assert.Single(_harness.Events()));
        Assert.Equal(5_000, counted.Counts["👏"]);
        Assert.Equal(1, counted.Counts["❤"]);

        Room.React(ann, "👏");
        _harness.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Empty(_harness.Events());
        _harness.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, Assert.IsType<ReactionsCounted>(Assert.Single(_harness.Events())).Counts["👏"]);
    }

    [Fact]
    public void More_kinds_of_reactions_than_can_be_counted_apart_are_refused()
    {
        Participant ann = _harness.Join("ann");
        for (int i = 0; i < RoomBounds.Reactions; i++)
            Assert.Equal(RoomError.None, Room.React(ann, $"kind {i}"));

        Assert.Equal(RoomError.TooMany, Room.React(ann, "one more"));
        Assert.Equal(RoomError.None, Room.React(ann, "kind 0"));
    }

    [Fact]
    public void A_message_reaches_the_room_the_stage_or_one_person()
    {
        Participant ann = _harness.Join("ann", Role.Speaker, onStage: true);
        Participant ben = _harness.Join("ben");
        Participant cleo = _harness.Join("cleo");
        _harness.Events();

        Room.Send(ben, MessageScope.Room, null, "chat", "to all");
        Room.Send(ben, MessageScope.Stage, null, "chat", "to the stage");
        Room.Send(ben, MessageScope.One, cleo.Id, "chat", "to cleo");
        Assert.Equal(RoomError.NotInRoom, Room.Send(ben, MessageScope.One, "nobody", "chat", "lost"));

        RoomEvent[] sent = [.. _harness.Events()];
        Assert.Equal([true, true, true], sent.Select(e => e.IsFor(ann) || e is MessageSent { Scope: MessageScope.One }));
        Assert.Equal([true, true, false], sent.Select(e => e.IsFor(ben)));
        Assert.Equal([true, false, true], sent.Select(e => e.IsFor(cleo)));
        Assert.False(sent[2].IsFor(ann));
    }

    private int[] Counts() => [.. _harness.Events().OfType<AudienceCounted>().Select(e => e.Count)];
}
