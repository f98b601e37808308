namespace Sfu.Rooms;

/// <summary>What somebody waits for.</summary>
public enum WaitReason : byte
{
    /// <summary>The doors open at a time that is still to come.</summary>
    DoorsClosed,

    /// <summary>A place has to become free.</summary>
    RoomFull,
}
