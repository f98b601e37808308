using Sfu.Rooms;

namespace Sfu.Signalling.Auth;

/// <summary>Roles as tokens and messages spell them.</summary>
internal static class RoleNames
{
    public static string Of(Role role) => role switch
    {
        Role.Moderator => "moderator",
        Role.Speaker => "speaker",
        _ => "audience",
    };

    public static Role? Parse(string? name) => name switch
    {
        "moderator" => Role.Moderator,
        "speaker" => Role.Speaker,
        "audience" => Role.Audience,
        _ => null,
    };
}
