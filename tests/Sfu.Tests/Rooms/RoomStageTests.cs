using Sfu.Rooms;

namespace Sfu.Tests.Rooms;

/// <summary>Hands, invitations, the stage and one's own microphone.</summary>
public sealed class RoomStageTests
{
    private readonly RoomHarness _harness = new(new RoomSettings { MaxAudience = 10, MaxStage = 2 });
    private readonly Participant _mia;

    public RoomStageTests()
    {
        _mia = _harness.Join("mia", Role.Moderator);
        _harness.Events();
    }

    private Room Room => _harness.Room;

    [Fact]
    public void Taking_and_leaving_the_stage_is_told_once()
    {
        Participant ann = _harness.Join("ann", Role.Speaker);

        Assert.Equal(RoomError.None, Room.TakeStage(ann));
        Assert.Equal(RoomError.None, Room.TakeStage(ann));
        Room.LeaveStage(ann);
        Room.LeaveStage(ann);

        Assert.Collection(
            _harness.Events(),
            e => Assert.Equal(ann.Id, Assert.IsType<StageJoined>(e).Member.Id),
            e => Assert.Equal((ann.Id, ann.Csrc), (Assert.IsType<StageLeft>(e).Id, ((StageLeft)e).Csrc)));
    }

    [Fact]
    public void Somebody_whose_role_is_audience_may_not_take_the_stage()
    {
        Participant eve = _harness.Join("eve");

        Assert.Equal(RoomError.RoleForbids, Room.TakeStage(eve));
        Assert.False(eve.OnStage);
        Assert.Empty(_harness.Events());
    }

    [Fact]
    public void Who_takes_the_stage_muted_is_so_from_the_first_event_on()
    {
        Room.TakeStage(_harness.Join("ann", Role.Speaker), muted: true);

        Assert.True(Assert.IsType<StageJoined>(Assert.Single(_harness.Events())).Member.Muted);
    }

    [Fact]
    public void A_full_stage_takes_the_next_one_when_somebody_steps_down()
    {
        Participant ann = _harness.Join("ann", Role.Speaker, onStage: true);
        _harness.Join("ben", Role.Speaker, onStage: true);
        Participant cleo = _harness.Join("cleo", Role.Speaker);

        Assert.Equal(RoomError.StageFull, Room.TakeStage(cleo));
        Room.LeaveStage(ann);
        Assert.Equal(RoomError.None, Room.TakeStage(cleo));
    }

    [Fact]
    public void Leaving_the_room_leaves_the_stage_first()
    {
        Participant ann = _harness.Join("ann", Role.Speaker, onStage: true);
        Room.Leave(ann);
        Room.Leave(ann);

        Assert.IsType<StageLeft>(_harness.Events()[^1]);
        Assert.Empty(Room.Snapshot().Stage);
    }

    [Fact]
    public void A_mute_is_told_when_it_changes_and_ends_with_the_stage()
    {
        Participant ann = _harness.Join("ann", Role.Speaker);
        Room.SetMuted(ann, true);
        Room.TakeStage(ann);
        Room.SetMuted(ann, true);
        Room.SetMuted(ann, true);
        Room.LeaveStage(ann);
        Room.TakeStage(ann);

        Assert.False(ann.Muted);
        Assert.Single(_harness.Events().OfType<StageChanged>(), e => e.Member.Muted);
    }

    [Fact]
    public void Moderators_see_hands_in_the_order_in_which_they_rose()
    {
        Participant ann = _harness.Join("ann");
        Participant ben = _harness.Join("ben");
        Room.RaiseHand(ben, "about birds");
        Room.RaiseHand(ann, "");
        Room.RaiseHand(ben, "about bees");

        Assert.Equal([(1L, "ben", "about bees"), (2L, "ann", "")], Room.Snapshot().Hands.Select(h => (h.Number, h.Identity, h.Note)));
        RoomEvent[] events = [.. _harness.Events()];
        Assert.Equal([true, true, true], events.Select(e => e.IsFor(_mia)));
        Assert.Equal([false, true, false], events.Select(e => e.IsFor(ann)));
    }

    [Fact]
    public void A_hand_is_lowered_by_its_owner_or_a_moderator_and_nobody_else()
    {
        Participant ann = _harness.Join("ann");
        Participant ben = _harness.Join("ben");
        Room.RaiseHand(ann, "");
        Room.RaiseHand(ben, "");

        Assert.Equal(RoomError.RoleForbids, Room.LowerHand(ben, ann));
        Assert.Equal(RoomError.None, Room.LowerHand(ben, ben));
        Assert.Equal(RoomError.None, Room.LowerHand(_mia, ann));
        Assert.Empty(Room.Snapshot().Hands);
        Assert.Equal(2, _harness.Events().OfType<HandLowered>().Count());
    }

    [Theory]
    [InlineData(HandPolicy.Everyone, RoomError.None, RoomError.None)]
    [InlineData(HandPolicy.Followed, RoomError.HandsClosed, RoomError.None)]
    [InlineData(HandPolicy.Nobody, RoomError.HandsClosed, RoomError.HandsClosed)]
    public void The_room_says_who_may_raise_a_hand(HandPolicy policy, RoomError stranger, RoomError followed)
    {
        Room.Update(_mia, Room.Settings with { Hands = policy });
        Participant ann = _harness.Join("ann");
        _harness.TryJoin(RoomHarness.Request("ben") with { Followed = true }, out Participant? ben, out _);

        Assert.Equal(stranger, Room.RaiseHand(ann, ""));
        Assert.Equal(followed, Room.RaiseHand(ben!, ""));
    }

    [Fact]
    public void Who_accepts_an_invitation_is_a_speaker_on_the_stage_and_the_hand_is_down()
    {
        Participant ann = _harness.Join("ann");
        Room.RaiseHand(ann, "");
        Assert.Equal(RoomError.None, Room.Invite(_mia, ann));
        Assert.Equal([ann.Id], Room.Snapshot().Invited);

        Assert.Equal(RoomError.None, Room.AcceptInvitation(ann));

        Assert.Equal((Role.Speaker, true), (ann.Role, ann.OnStage));
        Assert.Empty(Room.Snapshot().Hands);
        Assert.Empty(Room.Snapshot().Invited);
        Assert.Contains(_harness.Events(), e => e is InvitationEnded { End: InvitationEnd.Accepted });
    }

    [Fact]
    public void Who_was_invited_is_audience_again_after_stepping_down()
    {
        Participant ann = _harness.Join("ann");
        Room.Invite(_mia, ann);
        Room.AcceptInvitation(ann);
        Room.LeaveStage(ann);

        Assert.Equal(Role.Audience, ann.Role);
        Assert.Equal(RoomError.RoleForbids, Room.TakeStage(ann));
    }

    [Fact]
    public void Whose_token_grants_the_stage_may_come_back_to_it()
    {
        Participant ann = _harness.Join("ann", Role.Speaker, onStage: true);
        Room.LeaveStage(ann);

        Assert.Equal(RoomError.None, Room.TakeStage(ann));
    }

    [Fact]
    public void An_invitation_stays_while_the_stage_is_full()
    {
        Participant ben = _harness.Join("ben", Role.Speaker, onStage: true);
        _harness.Join("cleo", Role.Speaker, onStage: true);
        Participant ann = _harness.Join("ann");
        Room.Invite(_mia, ann);

        Assert.Equal(RoomError.StageFull, Room.AcceptInvitation(ann));
        Assert.Equal(Role.Audience, ann.Role);
        Room.LeaveStage(ben);
        Assert.Equal(RoomError.None, Room.AcceptInvitation(ann));
    }

    [Fact]
    public void An_invitation_can_be_declined_withdrawn_or_expire()
    {
        Participant ann = _harness.Join("ann");
        Room.Invite(_mia, ann);
        Assert.Equal(RoomError.None, Room.DeclineInvitation(ann));
        Assert.Equal(RoomError.NoInvitation, Room.AcceptInvitation(ann));

        Room.Invite(_mia, ann);
        Assert.Equal(RoomError.None, Room.WithdrawInvitation(_mia, ann));
        Assert.Equal(RoomError.NoInvitation, Room.AcceptInvitation(ann));

        Room.Invite(_mia, ann);
        _harness.Advance(Invitations.Lifetime);
        Assert.Equal(RoomError.NoInvitation, Room.AcceptInvitation(ann));
        Assert.Equal(
            [InvitationEnd.Declined, InvitationEnd.Withdrawn, InvitationEnd.Expired],
            _harness.Events().OfType<InvitationEnded>().Select(e => e.End));
    }

    [Fact]
    public void Only_moderators_and_backends_invite_and_nobody_who_is_on_the_stage()
    {
        Participant ann = _harness.Join("ann", Role.Speaker, onStage: true);
        Participant ben = _harness.Join("ben");

        Assert.Equal(RoomError.RoleForbids, Room.Invite(ann, ben));
        Assert.Equal(RoomError.AlreadyOnStage, Room.Invite(_mia, ann));
        Assert.Equal(RoomError.None, Room.Invite(null, ben));
    }
}
