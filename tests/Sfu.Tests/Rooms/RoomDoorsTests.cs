using Sfu.Rooms;

namespace Sfu.Tests.Rooms;

/// <summary>Coming in, waiting before the door, private rooms.</summary>
public sealed class RoomDoorsTests
{
    [Fact]
    public void A_full_audience_refuses_and_takes_the_next_one_when_somebody_leaves()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 1 });
        Participant ann = harness.Join("ann");
        harness.Join("mia", Role.Moderator);

        Assert.Equal(RoomError.RoomFull, harness.TryJoin("ben"));
        harness.Room.Leave(ann);
        harness.Room.Leave(harness.Room.Participants.Single());
    }

    [Fact]
    public void Those_who_may_take_the_stage_find_a_place_in_a_full_room()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 1, MaxStage = 1 });
        harness.Join("ann");

        Assert.Equal(RoomError.None, harness.TryJoin("mia", Role.Moderator));
        Assert.Equal(RoomError.RoomFull, harness.TryJoin("max", Role.Moderator));
    }

    [Fact]
    public void A_waiting_list_admits_in_the_order_of_coming()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 1, WaitingList = true });
        Participant ann = harness.Join("ann");
        Waiter ben = harness.Wait("ben");
        Waiter cleo = harness.Wait("cleo");
        Assert.Equal(WaitReason.RoomFull, ben.Reason);
        Assert.Equal([ben.Id, cleo.Id], harness.Room.WaitingIds);

        harness.Room.Leave(ann);

        Assert.NotNull(harness.Room.Find(ben.Id));
        Assert.Equal([cleo.Id], harness.Room.WaitingIds);
    }

    [Fact]
    public void Who_stops_waiting_is_passed_over()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 1, WaitingList = true });
        Participant ann = harness.Join("ann");
        Waiter ben = harness.Wait("ben");
        Waiter cleo = harness.Wait("cleo");

        harness.Room.StopWaiting(ben);
        harness.Room.StopWaiting(ben);
        harness.Room.Leave(ann);

        Assert.NotNull(harness.Room.Find(cleo.Id));
        Assert.Single(harness.AllEvents().OfType<WaitingEnded>());
    }

    [Fact]
    public void A_larger_limit_admits_those_who_wait()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 1, WaitingList = true });
        harness.Join("ann");
        harness.Wait("ben");
        harness.Wait("cleo");

        harness.Room.Update(null, harness.Room.Settings with { MaxAudience = 3 });

        Assert.Equal((3, 0), (harness.Room.Count, harness.Room.Waiting));
    }

    [Fact]
    public void Before_the_doors_open_only_moderators_are_inside()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 9, OpensAt = DateTimeOffset.UnixEpoch }, doorsIn: TimeSpan.FromMinutes(5));
        Waiter ann = harness.Wait("ann");
        harness.Join("mia", Role.Moderator);
        Assert.Equal(WaitReason.DoorsClosed, ann.Reason);

        harness.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(10));
        Assert.Null(harness.Room.Find(ann.Id));

        harness.Advance(TimeSpan.FromTicks(10));
        Assert.NotNull(harness.Room.Find(ann.Id));
        harness.Join("ben");
    }

    [Fact]
    public void An_empty_scheduled_room_does_not_end_before_its_doors_open()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 9, EmptyTimeout = TimeSpan.FromMinutes(1) }, doorsIn: TimeSpan.FromHours(1));

        harness.Advance(TimeSpan.FromHours(1));
        Assert.Null(harness.Room.Ended);
        harness.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(EndReason.RoomEmpty, harness.Room.Ended);
    }

    [Fact]
    public void A_private_room_lets_in_who_was_admitted_and_moderators()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 9, Visibility = Visibility.Private });
        harness.Room.Admit(null, "ann");

        Assert.Equal(RoomError.None, harness.TryJoin("ann"));
        Assert.Equal(RoomError.None, harness.TryJoin("mia", Role.Moderator));
        Assert.Equal(RoomError.NotAdmitted, harness.TryJoin("ben"));
    }

    [Fact]
    public void An_invite_code_opens_as_often_as_it_says_and_names_who_gave_it()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 9, Visibility = Visibility.Private });
        Participant mia = harness.Join("mia", Role.Moderator);
        harness.Room.AddInviteCode(mia, "secret", uses: 2);

        Assert.Equal(new InviteCode("secret", 2, "mia"), Assert.Single(harness.Room.InviteCodes));
        Assert.Equal(RoomError.InviteInvalid, Enter("ann", "guess"));
        Assert.Equal(RoomError.None, Enter("ann", "secret"));
        Assert.Equal(RoomError.None, Enter("ann", null));
        Assert.Equal(RoomError.None, Enter("ben", "secret"));
        Assert.Equal(RoomError.InviteInvalid, Enter("cleo", "secret"));
        Assert.Empty(harness.Room.InviteCodes);

        RoomError Enter(string identity, string? code) =>
            harness.TryJoin(RoomHarness.Request(identity) with { InviteCode = code }, out _, out _);
    }

    [Fact]
    public void A_revoked_invite_code_opens_nothing()
    {
        var harness = new RoomHarness(new RoomSettings { MaxAudience = 9, Visibility = Visibility.Private });
        harness.Room.AddInviteCode(null, "secret", uses: 2);

        Assert.True(harness.Room.RevokeInviteCode(null, "secret"));
        Assert.Equal(RoomError.InviteInvalid, harness.TryJoin(RoomHarness.Request("ann") with { InviteCode = "secret" }, out _, out _));
    }

    [Fact]
    public void A_second_connection_replaces_the_first_or_is_refused_as_the_room_says()
    {
        var replacing = new RoomHarness();
        Participant first = replacing.Join("ann");
        replacing.Join("ann");
        Assert.Null(replacing.Room.Find(first.Id));
        Assert.Equal(EndReason.Replaced, Assert.Single(replacing.AllEvents().OfType<ParticipantLeft>()).Reason);

        var refusing = new RoomHarness(new RoomSettings { MaxAudience = 9, RefuseSecondConnection = true });
        refusing.Join("ann");
        Assert.Equal(RoomError.AlreadyInside, refusing.TryJoin("ann"));
    }
}
