using Sfu.Rooms;

namespace Sfu.Tests.Rooms;

/// <summary>What moderators and backends do with others.</summary>
public sealed class RoomModerationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RoomHarness _harness = new();
    private readonly Participant _mia;
    private readonly Participant _ann;

    public RoomModerationTests()
    {
        _mia = _harness.Join("mia", Role.Moderator, onStage: true);
        _ann = _harness.Join("ann", Role.Speaker, onStage: true);
        _harness.Events();
    }

    private Room Room => _harness.Room;

    [Fact]
    public void Only_a_moderator_moderates()
    {
        Assert.Equal(RoomError.RoleForbids, Room.Mute(_ann, _mia, true));
        Assert.Equal(RoomError.RoleForbids, Room.MoveToAudience(_ann, _mia));
        Assert.Equal(RoomError.RoleForbids, Room.SetRole(_ann, _ann, Role.Moderator));
        Assert.Equal(RoomError.RoleForbids, Room.Remove(_ann, _mia));
        Assert.Equal(RoomError.RoleForbids, Room.HandOver(_ann, _ann));
        Assert.Equal(RoomError.RoleForbids, Room.Admit(_ann, "x"));
        Assert.Equal(RoomError.RoleForbids, Room.AddInviteCode(_ann, "x", 1));
        Assert.Equal(RoomError.RoleForbids, Room.Update(_ann, Room.Settings));
        Assert.Equal(RoomError.RoleForbids, Room.Close(_ann));
        Assert.Equal(RoomError.RoleForbids, Room.Ban(_ann, "mia", Noon));
        Assert.Equal(RoomError.RoleForbids, Room.SetMetadata(_ann, _mia, "x"));
        Assert.False(Room.RevokeInviteCode(_ann, "x"));
        Assert.Empty(_harness.AllEvents());
    }

    [Fact]
    public void A_moderator_who_left_moderates_no_more()
    {
        Room.Leave(_mia);

        Assert.Equal(RoomError.RoleForbids, Room.Mute(_mia, _ann, true));
    }

    [Fact]
    public void Who_a_moderator_muted_cannot_unmute_by_any_way_round()
    {
        Assert.Equal(RoomError.None, Room.Mute(_mia, _ann, true));

        Assert.True(_ann.Muted);
        Assert.Equal(RoomError.MutedByModerator, Room.SetMuted(_ann, false));
        Room.LeaveStage(_ann);
        Room.TakeStage(_ann);
        Assert.True(_ann.Muted);
        Room.Leave(_ann);
        Participant again = _harness.Join("ann", Role.Speaker, onStage: true);
        Assert.True(again.Muted);
        Assert.Equal(RoomError.MutedByModerator, Room.SetMuted(again, false));
    }

    [Fact]
    public void Allowing_the_microphone_does_not_open_it()
    {
        Room.Mute(_mia, _ann, true);
        Room.Mute(_mia, _ann, false);

        Assert.True(_ann.Muted);
        Assert.Equal(RoomError.None, Room.SetMuted(_ann, false));
        Assert.False(_ann.Muted);
    }

    [Fact]
    public void Who_is_moved_to_the_audience_cannot_come_back_unasked()
    {
        Assert.Equal(RoomError.None, Room.MoveToAudience(_mia, _ann));

        Assert.Equal((Role.Audience, false), (_ann.Role, _ann.OnStage));
        Assert.Equal(RoomError.RoleForbids, Room.TakeStage(_ann));
    }

    [Fact]
    public void Handing_over_makes_one_a_moderator_and_oneself_a_speaker()
    {
        Assert.Equal(RoomError.None, Room.HandOver(_mia, _ann));

        Assert.Equal((Role.Speaker, Role.Moderator), (_mia.Role, _ann.Role));
        Assert.True(_mia.OnStage);
        Assert.Equal(RoomError.RoleForbids, Room.Mute(_mia, _ann, true));
        Assert.Equal(2, _harness.Events().OfType<StageChanged>().Count());
    }

    [Fact]
    public void Who_is_removed_may_come_back()
    {
        Room.Remove(_mia, _ann);

        Assert.Equal(EndReason.Removed, Assert.Single(_harness.AllEvents().OfType<ParticipantLeft>()).Reason);
        Assert.Equal(RoomError.None, _harness.TryJoin("ann", Role.Speaker));
    }

    [Fact]
    public void A_ban_refuses_tokens_made_before_it_and_none_made_after()
    {
        JoinRequest old = RoomHarness.Request("ann", Role.Speaker) with { IssuedAt = Noon };
        Room.Remove(_mia, _ann, bannedUntil: Noon);

        Assert.Equal(EndReason.Banned, Assert.Single(_harness.AllEvents().OfType<ParticipantLeft>()).Reason);
        Assert.Equal(RoomError.Banned, _harness.TryJoin(old, out _, out _));
        Assert.Equal(RoomError.Banned, _harness.TryJoin("ann"));
        Assert.Equal(RoomError.None, _harness.TryJoin(old with { IssuedAt = Noon.AddMilliseconds(1) }, out _, out _));
    }

    [Fact]
    public void Somebody_who_is_not_inside_can_be_banned_too()
    {
        Assert.Equal(RoomError.None, Room.Ban(null, "eve", Noon));

        Assert.Equal(RoomError.Banned, _harness.TryJoin("eve"));
    }

    [Fact]
    public void Metadata_of_somebody_on_the_stage_is_told()
    {
        Room.SetMetadata(null, _ann, "guest");

        Assert.Equal("guest", Assert.IsType<StageChanged>(Assert.Single(_harness.Events())).Member.Metadata);
    }
}
