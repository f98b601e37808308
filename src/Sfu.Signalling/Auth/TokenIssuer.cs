using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Sfu.Signalling.Auth;

/// <summary>Signs the tokens that let people in.</summary>
internal sealed class TokenIssuer(KeyRing keys, TimeProvider time)
{
    /// <summary>Of tokens for the server's own page.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly JsonWebTokenHandler _handler = new();

    /// <summary>With the development key.</summary>
    public string Issue(TokenClaims claims) =>
        Issue(claims, KeyRing.DevelopmentKeyId, Lifetime) ?? throw new InvalidOperationException("There is no development key.");

    /// <returns>Null when there is no such key (any more).</returns>
    public string? Issue(TokenClaims claims, string keyId, TimeSpan lifetime)
    {
        if (!keys.TryFind(keyId, out SymmetricSecurityKey? key))
            return null;

        // With its fraction: a ban refuses tokens that are not younger than it.
        double now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        var payload = new TokenPayload(claims.Identity, claims.Room, RoleNames.Of(claims.Role), claims.Name, now, now + lifetime.TotalSeconds)
        {
            Followed = claims.Followed ? true : null,
            Metadata = claims.Metadata.Length == 0 ? null : claims.Metadata,
            Attributes = claims.Attributes.Count == 0 ? null : claims.Attributes,
        };
        return _handler.CreateToken(
            JsonSerializer.Serialize(payload, TokenJson.Default.TokenPayload),
            new SigningCredentials(key, SecurityAlgorithms.HmacSha256));
    }
}
