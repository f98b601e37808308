using System.Text.Json;
using Sfu.Rooms;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.Auth;

/// <summary>Checks the token of somebody who joins and reads what it allows.</summary>
/// <remarks>
/// The library checks the form and the signature. Everything about claims is checked here, so that each failure has its own
/// outcome, a claim of a wrong type is never converted silently, and time comes from the given provider.
/// </remarks>
internal sealed class TokenVerifier(KeyRing keys, TimeProvider time)
{
    public const int MaxTokenLength = TokenSignature.MaxTokenLength;
    public static readonly TimeSpan ClockSkew = TokenSignature.ClockSkew;

    private readonly TokenSignature _signature = new(keys);

    /// <param name="room">The one that the token must be for; null where it names the room itself.</param>
    public async Task<TokenResult> VerifyAsync(string? token, string? room)
    {
        SignedPayload signed = await _signature.VerifyAsync(token);
        using (signed.Payload)
            return signed.Payload is null ? signed.Outcome : ReadClaims(signed.Payload.RootElement, room);
    }

    private TokenResult ReadClaims(JsonElement payload, string? room)
    {
        var claims = new FieldReader(payload);
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
            : TokenSignature.CheckTime(expiry, notBefore, time.GetUtcNow()) is not TokenOutcome.Valid and var outOfTime ? outOfTime
            : !Bounds.IsName(identity, 1, Bounds.Identity) ? TokenOutcome.NoIdentity
            : !Bounds.IsName(tokenRoom, 1, Bounds.Room) ? TokenOutcome.NoRoom
            : room is not null && !string.Equals(tokenRoom, room, StringComparison.Ordinal) ? TokenOutcome.WrongRoom
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

    /// <summary>RFC 7519 section 2 allows fractions of a second.</summary>
    private static DateTimeOffset TimeOf(double? numericDate) =>
        numericDate is >= 0 and < 1e11 ? DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(numericDate.Value) : DateTimeOffset.MinValue;
}
