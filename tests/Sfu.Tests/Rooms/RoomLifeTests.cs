using Sfu.Rooms;

namespace Sfu.Tests.Rooms;

/// <summary>How a room ends.</summary>
public sealed class RoomLifeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_room_without_a_timeout_ends_with_its_last_participant()
    {
        var harness = new RoomHarness();
        Participant ann = harness.Join("ann");
        harness.Room.Leave(ann);

        Assert.Equal(EndReason.RoomEmpty, harness.Room.Ended);
        Assert.Equal(EndReason.RoomEmpty, Assert.IsType<RoomEnded>(harness.AllEvents()[^1]).Reason);
        Assert.Equal(RoomError.Closed, harness.TryJoin("ben"));
    }

    [Fact]
    public void A_room_without_a_timeout_waits_a_little_for_its_first_participant()
    {
        var harness = new RoomHarness();
        harness.Advance(Room.FirstTimeout - TimeSpan.FromMilliseconds(1));
        Assert.Null(harness.Room.Ended);

        harness.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(EndReason.RoomEmpty, harness.Room.Ended);
    }

    [Fact]
    public void An_empty_room_waits_for_as_long_as_it_says()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 9, EmptyTimeout = Minute });
        Participant ann = harness.Join("ann");
        harness.Advance(Minute);
        harness.Room.Leave(ann);
        harness.Advance(Minute / 2);
        Participant ben = harness.Join("ben");
        harness.Advance(Minute);
        Assert.Null(harness.Room.Ended);

        harness.Room.Leave(ben);
        harness.Advance(Minute);
        Assert.Equal(EndReason.RoomEmpty, harness.Room.Ended);
    }

    [Fact]
    public void A_room_that_no_moderator_comes_back_to_ends()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 9, ModeratorTimeout = Minute });
        Participant mia = harness.Join("mia", Role.Moderator);
        harness.Join("ann", Role.Speaker, onStage: true);
        harness.Advance(2 * Minute);
        harness.Room.Leave(mia);

        harness.Advance(Minute / 2);
        Participant max = harness.Join("max", Role.Moderator);
        harness.Advance(Minute);
        Assert.Null(harness.Room.Ended);
        harness.Room.SetRole(max, max, Role.Audience);
        harness.Advance(Minute);

        Assert.Equal(EndReason.NoModerator, harness.Room.Ended);
    }

    [Fact]
    public void Who_has_been_on_the_stage_longest_moderates_next_when_the_room_says_so()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 9, ModeratorTimeout = Minute, PromoteFromStage = true });
        Participant ann = harness.Join("ann", Role.Speaker, onStage: true);
        harness.Join("ben", Role.Speaker, onStage: true);

        harness.Advance(Minute);

        Assert.Equal(Role.Moderator, ann.Role);
        Assert.Null(harness.Room.Ended);
    }

    [Fact]
    public void Without_anybody_to_promote_the_room_ends_as_well()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 9, ModeratorTimeout = Minute, PromoteFromStage = true });
        harness.Join("ann");

        harness.Advance(Minute);

        Assert.Equal(EndReason.NoModerator, harness.Room.Ended);
    }

    [Fact]
    public void A_room_that_a_backend_moderates_goes_on_without_a_moderator()
    {
        var harness = new RoomHarness();
        harness.Join("ann");

        harness.Advance(TimeSpan.FromDays(1));

        Assert.Null(harness.Room.Ended);
    }

    [Fact]
    public void A_room_that_is_over_takes_no_command()
    {
        var harness = new RoomHarness();
        Participant mia = harness.Join("mia", Role.Moderator);
        Participant ann = harness.Join("ann");
        harness.Room.Close(mia);
        harness.AllEvents();

        Assert.Equal(RoomError.NotInRoom, harness.Room.RaiseHand(ann, ""));
        Assert.Equal(RoomError.RoleForbids, harness.Room.Close(mia));
        Assert.Equal(RoomError.Closed, harness.Room.Send(null, MessageScope.Room, null, "", "x"));
        harness.Room.Leave(ann);
        harness.Advance(TimeSpan.FromDays(1));
        Assert.Empty(harness.AllEvents());
    }
}
