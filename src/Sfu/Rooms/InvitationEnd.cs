namespace Sfu.Rooms;

/// <summary>What became of an invitation.</summary>
public enum InvitationEnd : byte
{
    Accepted,
    Declined,

    /// <summary>By a moderator, or because the invited took the stage or left.</summary>
    Withdrawn,
    Expired,
}
