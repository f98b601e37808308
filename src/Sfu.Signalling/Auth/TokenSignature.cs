using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Sfu.Signalling.Auth;

/// <summary>What all tokens have in common: the form of a JWT (RFC 7519), HS256 and nothing else, a key of the ring, a life.</summary>
internal sealed class TokenSignature(KeyRing keys)
{
    public const int MaxTokenLength = 4_096;
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenLength };

    public async Task<SignedPayload> VerifyAsync(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return TokenOutcome.Missing;
        if (token.Length > MaxTokenLength || !TryRead(token, out JsonWebToken jwt))
            return TokenOutcome.Malformed;

        if (jwt.Alg != SecurityAlgorithms.HmacSha256)
            return TokenOutcome.BadAlgorithm;
        if (string.IsNullOrEmpty(jwt.Kid) || !keys.TryFind(jwt.Kid, out SymmetricSecurityKey? key))
            return TokenOutcome.UnknownKey;

        var signatureOnly = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = key,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        };
        TokenValidationResult result = await _handler.ValidateTokenAsync(jwt, signatureOnly);
        return result.IsValid ? ReadPayload(jwt) : TokenOutcome.BadSignature;
    }

    /// <param name="expiry">Claim <c>exp</c>.</param>
    /// <param name="notBefore">Claim <c>nbf</c>.</param>
    public static TokenOutcome CheckTime(double? expiry, double? notBefore, DateTimeOffset utcNow)
    {
        double now = (utcNow - DateTimeOffset.UnixEpoch).TotalSeconds;
        return expiry is null ? TokenOutcome.NoExpiry
            : now >= expiry + ClockSkew.TotalSeconds ? TokenOutcome.Expired
            : notBefore > now + ClockSkew.TotalSeconds ? TokenOutcome.NotYetValid
            : TokenOutcome.Valid;
    }

    private static bool TryRead(string token, out JsonWebToken jwt)
    {
        jwt = null!;
        try
        {
            jwt = new JsonWebToken(token);
            return !jwt.IsEncrypted;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or JsonException or FormatException)
        {
            return false;
        }
    }

    private static SignedPayload ReadPayload(JsonWebToken jwt)
    {
        try
        {
            JsonDocument payload = JsonDocument.Parse(Base64UrlEncoder.Decode(jwt.EncodedPayload));
            if (payload.RootElement.ValueKind == JsonValueKind.Object)
                return new SignedPayload(TokenOutcome.Valid, jwt.Kid, payload);
            payload.Dispose();
            return TokenOutcome.Malformed;
        }
        catch (Exception e) when (e is JsonException or FormatException or DecoderFallbackException)
        {
            return TokenOutcome.Malformed;
        }
    }
}
