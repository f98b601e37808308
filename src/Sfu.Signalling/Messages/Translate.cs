using Sfu.Node;
using Sfu.Peers;
using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Sfu.Speakers;

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
        ReactionsCounted e => new ReactionsMessage(e.Revision, e.Counts),
        SpeakersChanged e => new SpeakersMessage(e.Revision, e.Speakers.Slots, e.Speakers.Dominant),
        RoomUpdated e => new RoomUpdatedMessage(e.Revision, Settings(e.Settings)),
        HandRaised e => new HandRaisedMessage(e.Revision, Hand(e.Hand)),
        HandLowered e => new HandLoweredMessage(e.Revision, e.Id),
        Invited e => new InvitedMessage(e.Revision, e.Id, e.By),
        InvitationEnded e => new InvitationEndedMessage(e.Revision, e.Id, Names.Of(e.End)),
        RoleChanged e => new RoleChangedMessage(e.Revision, e.Id, RoleNames.Of(e.Role)),
        MessageSent e => new TextMessage(e.Revision, e.From, e.FromName, ScopeOf(e), e.Topic, e.Text),
        _ => throw new ArgumentOutOfRangeException(nameof(roomEvent), roomEvent.GetType().Name, "No message for this event."),
    };

    public static MemberDto Member(ParticipantProfile member) =>
        new(
            member.Id,
            member.Identity,
            member.Name,
            RoleNames.Of(member.Role),
            member.Csrc,
            member.Muted,
            member.MuteLocked,
            Names.Of(member.Hearing),
            NullWhenEmpty(member.Metadata),
            member.Attributes.Count == 0 ? null : member.Attributes);

    public static HandDto Hand(Hand hand) => new(hand.Number, hand.Id, hand.Identity, hand.Name, hand.Note);

    public static ListenerDto Listener(Participant participant) =>
        new(participant.Id, participant.Identity, participant.Name, RoleNames.Of(participant.Role), NullWhenEmpty(participant.Metadata));

    public static SettingsDto Settings(RoomSettings settings) => new(
        settings.Title,
        settings.Tags,
        settings.Metadata,
        Names.Of(settings.Visibility),
        Names.Of(settings.Profile),
        Names.Of(settings.Hands),
        settings.MaxStage,
        settings.MaxAudience,
        Selection(settings.Selection),
        settings.OpensAt);

    private static SelectionDto Selection(SelectionPolicy policy) => new(
        (int)policy.Pause.TotalMilliseconds,
        (int)policy.MinimumTime.TotalMilliseconds,
        (int)policy.Patience.TotalMilliseconds,
        (int)policy.HoldTime.TotalMilliseconds,
        policy.SpeechLevel,
        policy.NoiseMargin,
        policy.LearnsNoise);

    /// <summary>Stage and mute are the snapshot's, so that the events after it lead on from there.</summary>
    public static SelfDto Self(Session session, RoomSnapshot snapshot, bool wantsMuted)
    {
        ParticipantProfile? member = snapshot.Stage.FirstOrDefault(m => m.Id == session.Id);
        return new(
            session.Id,
            session.Identity,
            session.Name,
            RoleNames.Of(session.Role),
            member is not null,
            member?.Muted ?? wantsMuted,
            session.Csrc,
            session.MuteLocked,
            snapshot.Hands.Any(h => h.Id == session.Id),
            snapshot.Invited.Contains(session.Id));
    }

    /// <param name="moderates">Whether the one who is told may see the hands.</param>
    public static RoomDto Room(RoomSnapshot snapshot, bool moderates) => new(
        snapshot.Id,
        snapshot.Name,
        snapshot.Revision,
        snapshot.Settings.Slots,
        snapshot.Audience,
        [.. snapshot.Stage.Select(Member)],
        Settings(snapshot.Settings),
        moderates ? [.. snapshot.Hands.Select(Hand)] : null,
        snapshot.Speakers == HeardSpeakers.Nobody ? null : new SpeakersDto(snapshot.Speakers.Slots, snapshot.Speakers.Dominant));

    public static string Media(MediaState state) => state switch
    {
        MediaState.Connecting => "connecting",
        MediaState.Connected => "connected",
        MediaState.Disconnected => "disconnected",
        _ => "failed",
    };

    public static ErrorMessage Error(ProtocolError error, string? re) =>
        new(error.Code, error.Status, error.Text, error.Field, error.Line, re, error.Fatal);

    private static string ScopeOf(MessageSent message) => message.Scope switch
    {
        MessageScope.One => message.To!,
        MessageScope.Stage => "stage",
        _ => "room",
    };

    private static string? NullWhenEmpty(string text) => text.Length == 0 ? null : text;
}
