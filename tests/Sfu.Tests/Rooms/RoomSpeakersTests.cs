using Sfu.Rooms;

namespace Sfu.Tests.Rooms;

/// <summary>Who is heard, as people are told, and how moderators overrule it.</summary>
public sealed class RoomSpeakersTests
{
    private readonly RoomHarness _harness = new();
    private readonly Participant _mia;
    private readonly Participant _ann;

    public RoomSpeakersTests()
    {
        _mia = _harness.Join("mia", Role.Moderator, onStage: true);
        _ann = _harness.Join("ann", Role.Speaker, onStage: true);
        _harness.Events();
    }

    private Room Room => _harness.Room;

    [Fact]
    public void A_change_names_people_by_their_ids()
    {
        Room.NoteSpeakers([_ann.Csrc, 0, _mia.Csrc], _ann.Csrc);

        SpeakersChanged told = Assert.IsType<SpeakersChanged>(Assert.Single(_harness.Events()));
        Assert.Equal([_ann.Id, null, _mia.Id], told.Speakers.Slots);
        Assert.Equal(_ann.Id, told.Speakers.Dominant);
        Assert.Equal(told.Speakers, Room.Snapshot().Speakers);
        Assert.Equal(told.Revision, Room.Revision);
    }

    [Fact]
    public void Nothing_is_told_when_nothing_has_changed()
    {
        Room.NoteSpeakers([_ann.Csrc, 0], _ann.Csrc);
        _harness.Events();

        Room.NoteSpeakers([_ann.Csrc, 0], _ann.Csrc);

        Assert.Empty(_harness.Events());
    }

    [Fact]
    public void Who_has_left_the_stage_meanwhile_is_nobody()
    {
        Room.LeaveStage(_ann);
        _harness.Events();

        Room.NoteSpeakers([_ann.Csrc, _mia.Csrc], _ann.Csrc);

        SpeakersChanged told = Assert.IsType<SpeakersChanged>(Assert.Single(_harness.Events()));
        Assert.Equal([null, _mia.Id], told.Speakers.Slots);
        Assert.Null(told.Speakers.Dominant);
    }

    [Fact]
    public void A_moderator_pins_and_excludes_and_others_do_not()
    {
        Assert.Equal(RoomError.RoleForbids, Room.SetHearing(_ann, _ann, Hearing.Pinned));
        Assert.Empty(_harness.Events());

        Assert.Equal(RoomError.None, Room.SetHearing(_mia, _ann, Hearing.Pinned));
        Assert.Equal(Hearing.Pinned, Assert.IsType<StageChanged>(Assert.Single(_harness.Events())).Member.Hearing);

        Room.SetHearing(_mia, _ann, Hearing.Pinned);
        Assert.Empty(_harness.Events());
    }

    [Fact]
    public void It_lasts_for_the_stay_also_off_the_stage()
    {
        Room.LeaveStage(_ann);
        Room.SetHearing(null, _ann, Hearing.Excluded);
        _harness.Events();

        Room.TakeStage(_ann);

        Assert.Equal(Hearing.Excluded, Assert.IsType<StageJoined>(Assert.Single(_harness.Events())).Member.Hearing);
        Room.Leave(_ann);
        Assert.Equal(RoomError.NotInRoom, Room.SetHearing(_mia, _ann, Hearing.ByVoice));
    }
}
