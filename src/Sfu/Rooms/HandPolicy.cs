namespace Sfu.Rooms;

/// <summary>Who may raise a hand.</summary>
public enum HandPolicy : byte
{
    Everyone,

    /// <summary>Whose token says that the moderators follow them.</summary>
    Followed,

    Nobody,
}
