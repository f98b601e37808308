using Sfu.Rooms;
using Sfu.Time;

namespace Sfu.Tests.Rooms;

public sealed class RoomTests
{
    private readonly Room _room;
    private uint _nextCsrc = 1;

    public RoomTests() => _room = new Room("lobby", maxParticipants: 3, maxStage: 2, () => _nextCsrc++);

    [Fact]
    public void Nobody_is_told_who_joins_or_leaves_the_audience()
    {
        Participant ann = Join("ann");
        _room.Leave(ann);

        Assert.Empty(Events());
        Assert.Equal(0, _room.Count);
    }

    [Fact]
    public void Taking_and_leaving_the_stage_is_told_once_with_growing_revisions()
    {
        Participant ann = Join("ann");

        Assert.Equal(StageError.None, _room.TakeStage(ann));
        Assert.Equal(StageError.None, _room.TakeStage(ann));
        _room.LeaveStage(ann);
        _room.LeaveStage(ann);

        Assert.Collection(
            Events(),
            e => Assert.Equal(new StageJoined(1, new StageMember("id-ann", "ann", "Ann", Role.Speaker, ann.Csrc, false)), e),
            e => Assert.Equal(new StageLeft(2, "id-ann"), e));
    }

    [Fact]
    public void Somebody_whose_role_is_audience_may_not_take_the_stage()
    {
        Participant eve = Join("eve", Role.Audience);

        Assert.Equal(StageError.RoleForbids, _room.TakeStage(eve));
        Assert.False(eve.OnStage);
        Assert.Empty(Events());
    }

    [Fact]
    public void Who_takes_the_stage_muted_is_so_from_the_first_event_on()
    {
        Participant ann = Join("ann");

        _room.TakeStage(ann, muted: true);

        Assert.Equal([new StageJoined(1, new StageMember("id-ann", "ann", "Ann", Role.Speaker, ann.Csrc, true))], Events());
    }

    [Fact]
    public void A_full_stage_takes_the_next_one_when_somebody_steps_down()
    {
        Participant ann = Join("ann");
        Participant ben = Join("ben");
        Participant cleo = Join("cleo");
        _room.TakeStage(ann);
        _room.TakeStage(ben);

        Assert.Equal(StageError.StageFull, _room.TakeStage(cleo));
        _room.LeaveStage(ann);
        Assert.Equal(StageError.None, _room.TakeStage(cleo));
    }

    [Fact]
    public void Leaving_the_room_leaves_the_stage_first()
    {
        Participant ann = Join("ann");
        _room.TakeStage(ann);
        _room.Leave(ann);
        _room.Leave(ann);

        Assert.Equal([new StageLeft(2, "id-ann")], Events().Skip(1));
        Assert.Empty(_room.Snapshot().Stage);
    }

    [Fact]
    public void A_mute_is_told_when_it_changes_and_ends_with_the_stage()
    {
        Participant ann = Join("ann");
        _room.SetMuted(ann, true);
        _room.TakeStage(ann);
        _room.SetMuted(ann, true);
        _room.SetMuted(ann, true);
        _room.LeaveStage(ann);
        _room.TakeStage(ann);

        Assert.False(ann.Muted);
        Assert.Single(Events().OfType<StageChanged>(), e => e.Member.Muted);
    }

    [Fact]
    public void A_full_room_takes_nobody()
    {
        Join("ann");
        Join("ben");
        Join("cleo");

        Assert.Null(_room.Join("id-dan", "dan", "Dan", Role.Audience));
    }

    [Fact]
    public void The_audience_is_counted_at_most_once_a_second_and_only_when_it_changed()
    {
        var start = new Instant(5_000_000);
        Join("ann");
        Join("ben");
        _room.Tick(start);
        Assert.Equal([new AudienceCounted(1, 2)], Events());
        Assert.Equal(Instant.Never, _room.Deadline);

        Join("cleo");
        _room.Tick(start + TimeSpan.FromMilliseconds(999));
        Assert.Empty(Events());

        _room.Tick(start + TimeSpan.FromSeconds(1));
        Assert.Equal([new AudienceCounted(2, 3)], Events());

        _room.Tick(start + TimeSpan.FromSeconds(9));
        Assert.Empty(Events());
    }

    [Fact]
    public void Who_takes_the_stage_is_no_longer_counted_with_the_audience()
    {
        Participant ann = Join("ann");
        Join("ben");
        _room.TakeStage(ann);

        RoomSnapshot snapshot = _room.Snapshot();
        Assert.Equal(1, snapshot.Audience);
        Assert.Equal("ann", Assert.Single(snapshot.Stage).Identity);
        Assert.Equal(1, snapshot.Revision);
    }

    [Fact]
    public void Csrcs_are_unique_and_never_zero_even_when_the_source_repeats_itself()
    {
        Queue<uint> source = new([0, 7, 7, 8]);
        var room = new Room("lobby", 10, 10, source.Dequeue);

        Participant ann = room.Join("1", "ann", "Ann", Role.Speaker)!;
        Participant ben = room.Join("2", "ben", "Ben", Role.Speaker)!;

        Assert.Equal((7u, 8u), (ann.Csrc, ben.Csrc));
    }

    [Fact]
    public void A_stay_that_has_ended_changes_nothing_for_the_one_that_replaced_it()
    {
        Participant first = Join("ann");
        _room.Leave(first);
        Participant second = Join("ann");
        _room.TakeStage(second);

        _room.Leave(first);
        Assert.Equal(StageError.NotInRoom, _room.TakeStage(first));

        Assert.True(second.OnStage);
        Assert.Equal(1, _room.Count);
    }

    private Participant Join(string identity, Role role = Role.Speaker) =>
        _room.Join($"id-{identity}", identity, char.ToUpperInvariant(identity[0]) + identity[1..], role)!;

    private List<RoomEvent> Events()
    {
        var events = new List<RoomEvent>();
        while (_room.TryTakeEvent(out RoomEvent? roomEvent))
            events.Add(roomEvent);
        return events;
    }
}
