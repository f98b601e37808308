using Google.Protobuf.WellKnownTypes;
using Sfu.Rooms;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <summary>From the domain's types to those of <c>sfu.v1</c>.</summary>
/// <remarks>Enumerations have the domain's members in the domain's order after their <c>UNSPECIFIED</c>; a test holds them together.</remarks>
internal static class ToWire
{
    public static Wire.Role Role(Role role) => (Wire.Role)((int)role + 1);

    public static Wire.EndReason End(EndReason reason) => (Wire.EndReason)((int)reason + 1);

    public static Wire.Visibility Visibility(Visibility visibility) => (Wire.Visibility)((int)visibility + 1);

    public static Wire.RoomProfile Profile(RoomProfile profile) => (Wire.RoomProfile)((int)profile + 1);

    public static Wire.HandPolicy Hands(HandPolicy policy) => (Wire.HandPolicy)((int)policy + 1);

    public static Wire.Hearing Hearing(Hearing hearing) => (Wire.Hearing)((int)hearing + 1);

    public static Wire.Speakers Speakers(HeardSpeakers speakers)
    {
        var wire = new Wire.Speakers { Dominant = speakers.Dominant ?? "" };
        wire.Slots.Add(speakers.Slots.Select(id => id ?? ""));
        return wire;
    }

    public static Wire.Room Room(RoomSnapshot snapshot)
    {
        var room = new Wire.Room
        {
            Id = snapshot.Id,
            Name = snapshot.Name,
            Revision = snapshot.Revision,
            Settings = Settings(snapshot.Settings),
            Audience = snapshot.Audience,
            Waiting = snapshot.Waiting,
            Speakers = Speakers(snapshot.Speakers),
        };
        room.Stage.Add(snapshot.Stage.Select(member => Participant(member, onStage: true)));
        room.Hands.Add(snapshot.Hands.Select(Hand));
        room.Invited.Add(snapshot.Invited);
        return room;
    }

    public static Wire.RoomSummary Summary(RoomSnapshot snapshot)
    {
        Wire.RoomSummary summary = Summary(snapshot.Id, snapshot.Name, snapshot.Revision, snapshot.Settings);
        summary.Stage = snapshot.Stage.Count;
        summary.Audience = snapshot.Audience;
        return summary;
    }

    /// <summary>Without counts.</summary>
    public static Wire.RoomSummary Summary(string id, string name, long revision, RoomSettings settings)
    {
        var summary = new Wire.RoomSummary
        {
            Id = id,
            Name = name,
            Revision = revision,
            Title = settings.Title,
            Visibility = Visibility(settings.Visibility),
            Profile = Profile(settings.Profile),
            OpensAt = Time(settings.OpensAt),
        };
        summary.Tags.Add(settings.Tags);
        return summary;
    }

    public static Wire.RoomSettings Settings(RoomSettings settings)
    {
        var wire = new Wire.RoomSettings
        {
            Title = settings.Title,
            Metadata = settings.Metadata,
            Visibility = Visibility(settings.Visibility),
            Profile = Profile(settings.Profile),
            Hands = Hands(settings.Hands),
            Slots = settings.Slots,
            Selection = SelectionWire.Convert(settings.Selection),
            MaxStage = settings.MaxStage,
            MaxAudience = settings.MaxAudience,
            WaitingList = settings.WaitingList,
            OpensAt = Time(settings.OpensAt),
            EmptyTimeout = settings.EmptyTimeout is { } empty ? Duration.FromTimeSpan(empty) : null,
            KeepWhenEmpty = settings.EmptyTimeout is null,
            ModeratorTimeout = settings.ModeratorTimeout is { } unmoderated ? Duration.FromTimeSpan(unmoderated) : null,
            PromoteFromStage = settings.PromoteFromStage,
            RefuseSecondConnection = settings.RefuseSecondConnection,
        };
        wire.Tags.Add(settings.Tags);
        return wire;
    }

    /// <summary>Under the room's lock.</summary>
    public static Wire.Participant Participant(Participant participant) => Participant(participant.ToProfile(), participant.OnStage);

    public static Wire.Participant Participant(ParticipantProfile profile, bool onStage)
    {
        var wire = new Wire.Participant
        {
            Id = profile.Id,
            Identity = profile.Identity,
            Name = profile.Name,
            Role = Role(profile.Role),
            OnStage = onStage,
            Muted = profile.Muted,
            MuteLocked = profile.MuteLocked,
            Hearing = Hearing(profile.Hearing),
            Csrc = profile.Csrc,
            Metadata = profile.Metadata,
        };
        foreach ((string key, string value) in profile.Attributes)
            wire.Attributes.Add(key, value);
        return wire;
    }

    public static Wire.Hand Hand(Hand hand) =>
        new() { Number = hand.Number, ParticipantId = hand.Id, Identity = hand.Identity, Name = hand.Name, Note = hand.Note };

    public static Wire.InviteCode Code(InviteCode code) => new() { Code = code.Code, Left = code.Left, GivenBy = code.GivenBy };

    private static Timestamp? Time(DateTimeOffset? time) => time is { } at ? Timestamp.FromDateTimeOffset(at) : null;
}
