namespace Sfu.Node;

/// <summary>Why somebody could not come in.</summary>
public enum JoinError : byte
{
    None = 0,
    RoomFull,

    /// <summary>The node ends, or its workers have no room for another command just now.</summary>
    Unavailable,
}
