namespace Sfu.Rooms;

/// <summary>Who wants into which room, as a verified token says.</summary>
/// <param name="Room">1..128 characters.</param>
/// <param name="Identity">1..128 characters.</param>
/// <param name="Name">For people to read, 0..256 characters.</param>
/// <param name="Role">What the token grants.</param>
/// <param name="OnStage">Take the stage at once; ignored for <see cref="Role.Audience"/>.</param>
public sealed record JoinRequest(string Room, string Identity, string Name, Role Role, bool OnStage)
{
    public static readonly IReadOnlyDictionary<string, string> NoAttributes = new Dictionary<string, string>();

    /// <summary>When the token was made; a ban refuses all that are older than it.</summary>
    public DateTimeOffset IssuedAt { get; init; } = DateTimeOffset.MinValue;

    /// <summary>The moderators follow this person: see <see cref="HandPolicy.Followed"/>.</summary>
    public bool Followed { get; init; }

    public string? InviteCode { get; init; }

    /// <summary>Opaque; part of the profile that others see.</summary>
    public string Metadata { get; init; } = "";

    /// <inheritdoc cref="Metadata"/>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = NoAttributes;
}
