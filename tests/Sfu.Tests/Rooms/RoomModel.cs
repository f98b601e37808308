using Sfu.Rooms;

namespace Sfu.Tests.Rooms;

/// <summary>What must hold for a room at any time, told from its events alone and compared with the room itself.</summary>
internal sealed class RoomModel(RoomHarness harness)
{
    private readonly HashSet<string> _banned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _inside = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stage = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hands = new(StringComparer.Ordinal);
    private readonly HashSet<string> _invited = new(StringComparer.Ordinal);
    private long _revision = 1;
    private bool _ended;

    public void Join(string identity, Role role, bool onStage) =>
        harness.TryJoin(RoomHarness.Request(identity, role) with { OnStage = onStage }, out _, out _);

    public void Remove(Participant? by, Participant whom, bool ban)
    {
        if (harness.Room.Remove(by, whom, ban ? DateTimeOffset.UnixEpoch : null) == RoomError.None && ban)
            _banned.Add(whom.Identity);
    }

    public void Check()
    {
        foreach (RoomEvent roomEvent in harness.AllEvents())
            Follow(roomEvent);

        Room room = harness.Room;
        Assert.Equal(_ended, room.Ended is not null);
        if (_ended)
            return;

        RoomSnapshot snapshot = room.Snapshot();
        Assert.Equal(_inside.Keys.Order(), room.Participants.Select(p => p.Id).Order());
        Assert.Equal(_stage.Order(), snapshot.Stage.Select(m => m.Id).Order());
        Assert.Equal(_hands.Order(), snapshot.Hands.Select(h => h.Id).Order());
        Assert.Equal(_invited.Order(), snapshot.Invited.Order());
        Assert.Equal(_revision, snapshot.Revision);
        Assert.Equal(snapshot.Hands.Select(h => h.Number).Order(), snapshot.Hands.Select(h => h.Number));

        Assert.True(_stage.Count <= room.Settings.MaxStage);
        Assert.True(room.Count <= room.Settings.MaxAudience + room.Settings.MaxStage);
        Assert.Equal(_inside.Count, _inside.Values.Distinct().Count());
        Assert.DoesNotContain(_inside.Values, _banned.Contains);
        Assert.All(room.Participants, p =>
        {
            Assert.False(p.OnStage && p.Role == Role.Audience);
            Assert.False(p.OnStage && (_hands.Contains(p.Id) || _invited.Contains(p.Id)));
            Assert.False(p.Muted && !p.OnStage);
            Assert.False(p.OnStage && p.MuteLocked && !p.Muted);
        });
        Assert.Equal(room.Participants.Count(), room.Participants.Select(p => p.Csrc).Distinct().Count());
        Assert.Equal(room.Count - _stage.Count, room.Audience);
        Assert.Equal(room.Audience, room.AudiencePage("", null, RoomBounds.PageSize).Participants.Count);
        Assert.All(_hands.Concat(_invited).Concat(_stage), id => Assert.Contains(id, _inside));
    }

    private void Follow(RoomEvent roomEvent)
    {
        Assert.False(_ended, "Nothing happens after the end.");
        Assert.Equal(++_revision, roomEvent.Revision);
        switch (roomEvent)
        {
            case ParticipantJoined e:
                _inside.Add(e.Profile.Id, e.Profile.Identity);
                break;
            case ParticipantLeft e:
                Assert.True(_inside.Remove(e.Id));
                break;
            case StageJoined e:
                Assert.True(_stage.Add(e.Member.Id));
                break;
            case StageLeft e:
                Assert.True(_stage.Remove(e.Id));
                break;
            case HandRaised e:
                _hands.Add(e.Hand.Id);
                break;
            case HandLowered e:
                Assert.True(_hands.Remove(e.Id));
                break;
            case Invited e:
                _invited.Add(e.Id);
                break;
            case InvitationEnded e:
                Assert.True(_invited.Remove(e.Id));
                break;
            case RoomEnded:
                _ended = true;
                break;
        }
    }
}
