namespace Sfu.Rooms;

/// <summary>Why somebody could not take the stage.</summary>
public enum StageError : byte
{
    None = 0,
    RoleForbids,
    StageFull,
    NotInRoom,
}
