using Sfu.Node;
using Sfu.Peers;
using Sfu.Rooms;
using Sfu.Signalling.Auth;

namespace Sfu.Signalling.Messages;

/// <summary>From the node's types to the protocol's.</summary>
internal static class Translate
{
    public static ServerMessage Event(RoomEvent roomEvent) => roomEvent switch
    {
        StageJoined e => new StageJoinedMessage(e.Revision, Member(e.Member)),
        StageChanged e => new StageChangedMessage(e.Revision, Member(e.Member)),
        StageLeft e => new StageLeftMessage(e.Revision, e.Id),
        AudienceCounted e => new AudienceMessage(e.Revision, e.Count),
        _ => throw new ArgumentOutOfRangeException(nameof(roomEvent), roomEvent.GetType().Name, "No message for this event."),
    };

    public static MemberDto Member(StageMember member) =>
        new(member.Id, member.Identity, member.Name, RoleNames.Of(member.Role), member.Csrc, member.Muted);

    /// <summary>Stage and mute are the snapshot's, so that the events after it lead on from there.</summary>
    public static SelfDto Self(Session session, RoomSnapshot snapshot, bool wantsMuted)
    {
        StageMember? member = snapshot.Stage.FirstOrDefault(m => m.Id == session.Id);
        return new(session.Id, session.Identity, session.Name, RoleNames.Of(session.Role), member is not null, member?.Muted ?? wantsMuted, session.Csrc);
    }

    public static RoomDto Room(RoomSnapshot snapshot, int slots) =>
        new(snapshot.Name, snapshot.Revision, slots, snapshot.Audience, [.. snapshot.Stage.Select(Member)]);

    public static string Media(MediaState state) => state switch
    {
        MediaState.Connecting => "connecting",
        MediaState.Connected => "connected",
        MediaState.Disconnected => "disconnected",
        _ => "failed",
    };

    public static ErrorMessage Error(ProtocolError error, string? re) =>
        new(error.Code, error.Status, error.Text, error.Field, error.Line, re, error.Fatal);
}
