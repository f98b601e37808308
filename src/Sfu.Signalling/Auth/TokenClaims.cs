using Sfu.Rooms;

namespace Sfu.Signalling.Auth;

/// <summary>What a verified token says.</summary>
/// <param name="Identity">Claim <c>sub</c>.</param>
/// <param name="Room">Claim <c>room</c>.</param>
/// <param name="Role">Claim <c>role</c>.</param>
/// <param name="Name">Claim <c>name</c>; null when the token leaves the name to the client.</param>
internal sealed record TokenClaims(string Identity, string Room, Role Role, string? Name);
