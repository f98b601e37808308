namespace Sfu.Rooms;

/// <summary>Somebody on the stage as everybody in the room sees them; immutable.</summary>
/// <param name="Id">Of this stay in the room; a person who leaves and comes back has another one.</param>
/// <param name="Identity">Who it is, by the token's subject.</param>
/// <param name="Name">For people to read.</param>
/// <param name="Role">Speaker or moderator.</param>
/// <param name="Csrc">What names this member in the RTP packets of the slots; unique in the room, never 0.</param>
/// <param name="Muted">True while the server drops this member's audio.</param>
public sealed record StageMember(string Id, string Identity, string Name, Role Role, uint Csrc, bool Muted);
