namespace Sfu.Rooms;

public enum Visibility : byte
{
    /// <summary>Any valid token for the room lets in, and lists show it.</summary>
    Public,

    /// <summary>Lets in who was admitted by name, moderators, and who brings an invite code.</summary>
    Private,
}
