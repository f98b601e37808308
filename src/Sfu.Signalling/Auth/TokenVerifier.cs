using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sfu.Rooms;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.Auth;

/// <summary>Checks a JWT (RFC 7519, HS256 only) and reads what it allows.</summary>
/// <remarks>
/// The library checks the form and the signature. Everything about claims is checked here, so that each failure has its own
/// outcome, a claim of a wrong type is never converted silently, and time comes from the given provider.
/// </remarks>
internal sealed class TokenVerifier(KeyRing keys, TimeProvider time)
{
    public const int MaxTokenLength = 4_096;
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenLength };

    public async Task<TokenResult> VerifyAsync(string? token, string room)
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
        return result.IsValid ? ReadClaims(jwt, room) : TokenOutcome.BadSignature;
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

    private TokenResult ReadClaims(JsonWebToken jwt, string room)
    {
        JsonDocument payload;
        try
        {
            payload = JsonDocument.Parse(Base64UrlEncoder.Decode(jwt.EncodedPayload));
        }
        catch (Exception e) when (e is JsonException or FormatException or DecoderFallbackException)
        {
            return TokenOutcome.Malformed;
        }

        using (payload)
        {
            if (payload.RootElement.ValueKind != JsonValueKind.Object)
                return TokenOutcome.Malformed;

            var claims = new FieldReader(payload.RootElement);
            double? expiry = claims.OptionalNumber("exp");
            double? notBefore = claims.OptionalNumber("nbf");
            string? identity = claims.OptionalString("sub", 0, int.MaxValue);
            string? tokenRoom = claims.OptionalString("room", 0, int.MaxValue);
            string? role = claims.OptionalString("role", 0, int.MaxValue);
            string? name = claims.OptionalString("name", 0, Bounds.Name);
            double? issuedAt = claims.OptionalNumber("iat");
            bool followed = claims.OptionalBool("followed") ?? false;
            string metadata = claims.OptionalString("metadata", 0, MaxTokenLength) ?? "";
            IReadOnlyDictionary<string, string>? attributes = claims.OptionalTexts("attributes", RoomBounds.Attributes, RoomBounds.AttributeKey, RoomBounds.AttributeValue);
            return claims.Error is not null ? TokenOutcome.Malformed
                : CheckTime(expiry, notBefore) is not TokenOutcome.Valid and var outOfTime ? outOfTime
                : !Bounds.IsName(identity, 1, Bounds.Identity) ? TokenOutcome.NoIdentity
                : !Bounds.IsName(tokenRoom, 1, Bounds.Room) ? TokenOutcome.NoRoom
                : !string.Equals(tokenRoom, room, StringComparison.Ordinal) ? TokenOutcome.WrongRoom
                : RoleNames.Parse(role) is not Role parsed ? TokenOutcome.NoRole
                : name is not null && !Bounds.IsName(name, 0, Bounds.Name) ? TokenOutcome.Malformed
                : new TokenResult(TokenOutcome.Valid, new TokenClaims(identity!, tokenRoom!, parsed, name)
                {
                    IssuedAt = TimeOf(issuedAt),
                    Followed = followed,
                    Metadata = metadata,
                    Attributes = attributes ?? JoinRequest.NoAttributes,
                });
        }
    }

    /// <summary>RFC 7519 section 2 allows fractions of a second.</summary>
    private static DateTimeOffset TimeOf(double? numericDate) =>
        numericDate is >= 0 and < 1e11 ? DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(numericDate.Value) : DateTimeOffset.MinValue;

    private TokenOutcome CheckTime(double? expiry, double? notBefore)
    {
        double now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        return expiry is null ? TokenOutcome.NoExpiry
            : now >= expiry + ClockSkew.TotalSeconds ? TokenOutcome.Expired
            : notBefore > now + ClockSkew.TotalSeconds ? TokenOutcome.NotYetValid
            : TokenOutcome.Valid;
    }
}
