using Sfu.Rooms;

namespace Sfu.Node;

/// <summary>Who wants into which room, as a verified token says.</summary>
/// <param name="Room">1..128 characters.</param>
/// <param name="Identity">1..128 characters; a second join of the same identity replaces the first.</param>
/// <param name="Name">For people to read, 0..256 characters.</param>
/// <param name="Role">The most that the token allows.</param>
/// <param name="OnStage">Take the stage at once; ignored for <see cref="Role.Audience"/>.</param>
public sealed record JoinRequest(string Room, string Identity, string Name, Role Role, bool OnStage);
