namespace Sfu.Rooms;

/// <summary>What somebody may do in a room. Moderators and speakers may take the stage; the audience listens.</summary>
public enum Role : byte
{
    Audience,
    Speaker,
    Moderator,
}
