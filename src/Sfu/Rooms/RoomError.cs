namespace Sfu.Rooms;

/// <summary>Why a room, or its node, did not do what it was asked for.</summary>
public enum RoomError : byte
{
    None = 0,

    /// <summary>Whoever is meant is not inside.</summary>
    NotInRoom,

    /// <summary>The role of the one who asks does not reach.</summary>
    RoleForbids,
    StageFull,
    RoomFull,
    Banned,

    /// <summary>The room is private.</summary>
    NotAdmitted,

    /// <summary>No such code, or used up.</summary>
    InviteInvalid,

    /// <summary>The identity is inside already, and the room takes one connection for each.</summary>
    AlreadyInside,

    /// <summary>The room takes no hands, or none of this person.</summary>
    HandsClosed,

    /// <summary>On the stage there is no need for a hand or an invitation.</summary>
    AlreadyOnStage,
    NoInvitation,

    /// <summary>A moderator muted; a moderator has to allow the microphone again.</summary>
    MutedByModerator,

    /// <summary>A bound of <see cref="RoomBounds"/> is reached.</summary>
    TooMany,
    Closed,

    /// <summary>The node opens no room of itself, and nobody has created this one.</summary>
    NoSuchRoom,

    /// <summary>The node has as many people as it takes.</summary>
    NodeFull,

    /// <summary>The node ends, drains, or its workers have no room for another command just now.</summary>
    Unavailable,
}
