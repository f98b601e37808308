using Sfu.Rooms;

namespace Sfu.Signalling.Auth;

/// <summary>What a verified token says.</summary>
/// <param name="Identity">Claim <c>sub</c>.</param>
/// <param name="Room">Claim <c>room</c>.</param>
/// <param name="Role">Claim <c>role</c>.</param>
/// <param name="Name">Claim <c>name</c>; null when the token leaves the name to the client.</param>
internal sealed record TokenClaims(string Identity, string Room, Role Role, string? Name)
{
    /// <summary>Claim <c>iat</c>; a token without one is older than every ban.</summary>
    public DateTimeOffset IssuedAt { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Claim <c>followed</c>: the room's moderators follow this person.</summary>
    public bool Followed { get; init; }

    /// <summary>Claim <c>metadata</c>, opaque.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>Claim <c>attributes</c>, opaque.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = JoinRequest.NoAttributes;
}
