namespace Sfu.Rooms;

/// <summary>Something that happened in a room. One instance goes to all who are told; immutable.</summary>
/// <param name="Revision">Grows by one with each event of the room; a snapshot of revision r holds every event up to r.</param>
public abstract record RoomEvent(long Revision)
{
    /// <summary>Whether a participant is told; a backend that watches the room is told everything.</summary>
    public virtual bool IsFor(Participant participant) => true;
}

/// <summary>For moderators and the one whom it is about.</summary>
public abstract record ModeratorEvent(long Revision, string About) : RoomEvent(Revision)
{
    public sealed override bool IsFor(Participant participant) => participant.Role == Role.Moderator || participant.Id == About;
}

/// <summary>For backends: people inside are told the count alone.</summary>
public abstract record BackendEvent(long Revision) : RoomEvent(Revision)
{
    public sealed override bool IsFor(Participant participant) => false;
}

public sealed record StageJoined(long Revision, ParticipantProfile Member) : RoomEvent(Revision);

/// <summary>A member's mute, role or metadata is another one now.</summary>
public sealed record StageChanged(long Revision, ParticipantProfile Member) : RoomEvent(Revision);

public sealed record StageLeft(long Revision, string Id, uint Csrc) : RoomEvent(Revision);

/// <summary>At most once a second in a room; nobody is told who came or went.</summary>
public sealed record AudienceCounted(long Revision, int Count) : RoomEvent(Revision);

/// <summary>At most once a second in a room: how often each reaction came since the last time.</summary>
public sealed record ReactionsCounted(long Revision, IReadOnlyDictionary<string, int> Counts) : RoomEvent(Revision);

/// <summary>At most ten times a second in a room, and only at a change: who has which slot and who is dominant.</summary>
public sealed record SpeakersChanged(long Revision, HeardSpeakers Speakers) : RoomEvent(Revision);

/// <summary>The first event.</summary>
public sealed record RoomOpened(long Revision, RoomSettings Settings) : BackendEvent(Revision);

public sealed record RoomUpdated(long Revision, RoomSettings Settings) : RoomEvent(Revision);

/// <summary>Also a change of the note.</summary>
public sealed record HandRaised(long Revision, Hand Hand) : ModeratorEvent(Revision, Hand.Id);

public sealed record HandLowered(long Revision, string Id) : ModeratorEvent(Revision, Id);

/// <param name="Id">Of the one who is asked to the stage.</param>
/// <param name="By">Id of the moderator; empty for a backend.</param>
public sealed record Invited(long Revision, string Id, string By) : ModeratorEvent(Revision, Id);

public sealed record InvitationEnded(long Revision, string Id, InvitationEnd End) : ModeratorEvent(Revision, Id);

/// <summary>Somebody may do more or less than before, on the stage or off it.</summary>
public sealed record RoleChanged(long Revision, string Id, Role Role) : ModeratorEvent(Revision, Id);

/// <param name="From">Id of the sender; empty for a backend.</param>
/// <param name="To">Id of the receiver when the scope is one person.</param>
public sealed record MessageSent(long Revision, string From, string FromName, MessageScope Scope, string? To, string Topic, string Text)
    : RoomEvent(Revision)
{
    public override bool IsFor(Participant participant) => Scope switch
    {
        MessageScope.One => participant.Id == To,
        MessageScope.Stage => participant.OnStage || participant.Id == From,
        _ => true,
    };
}

public sealed record ParticipantJoined(long Revision, ParticipantProfile Profile) : BackendEvent(Revision);

public sealed record ParticipantLeft(long Revision, string Id, string Identity, EndReason Reason) : BackendEvent(Revision);

/// <summary>Somebody waits before the door, or moved up.</summary>
public sealed record Waiting(long Revision, string Id, string Identity, WaitReason Reason, int Position) : BackendEvent(Revision);

/// <summary>Somebody waits no more, and did not come in.</summary>
public sealed record WaitingEnded(long Revision, string Id, string Identity, EndReason Reason) : BackendEvent(Revision);

/// <summary>The last event.</summary>
public sealed record RoomEnded(long Revision, EndReason Reason) : BackendEvent(Revision);
