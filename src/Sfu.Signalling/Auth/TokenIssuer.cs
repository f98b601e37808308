using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Sfu.Signalling.Auth;

/// <summary>Signs tokens with the development key, for the server's own page.</summary>
internal sealed class TokenIssuer(KeyRing keys, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly JsonWebTokenHandler _handler = new();

    public string Issue(TokenClaims claims)
    {
        if (!keys.TryFind(KeyRing.DevelopmentKeyId, out SymmetricSecurityKey? key))
            throw new InvalidOperationException("There is no development key.");

        var payload = new TokenPayload(
            claims.Identity,
            claims.Room,
            RoleNames.Of(claims.Role),
            claims.Name,
            (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        return _handler.CreateToken(
            JsonSerializer.Serialize(payload, TokenJson.Default.TokenPayload),
            new SigningCredentials(key, SecurityAlgorithms.HmacSha256));
    }
}
