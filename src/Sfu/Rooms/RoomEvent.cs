namespace Sfu.Rooms;

/// <summary>What everybody in a room is told. One instance goes to all of them; immutable.</summary>
/// <param name="Revision">Grows by one with each event of the room; a snapshot of revision r holds every event up to r.</param>
public abstract record RoomEvent(long Revision);

public sealed record StageJoined(long Revision, StageMember Member) : RoomEvent(Revision);

/// <summary>A member's mute, role or name is another one now.</summary>
public sealed record StageChanged(long Revision, StageMember Member) : RoomEvent(Revision);

public sealed record StageLeft(long Revision, string Id) : RoomEvent(Revision);

/// <summary>At most once a second in a room; nobody is told who came or went.</summary>
public sealed record AudienceCounted(long Revision, int Count) : RoomEvent(Revision);
