using System.Text.Json;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.Auth;

/// <summary>Checks the token of a backend and reads its grants.</summary>
/// <remarks>A token that lets somebody join has no grants, and one with grants has no role: neither passes for the other.</remarks>
internal sealed class ApiTokenVerifier(KeyRing keys, TimeProvider time)
{
    /// <summary>A token that leaked is of no use for longer.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);

    private static readonly Dictionary<string, ApiGrants> RoomGrants = new(StringComparer.Ordinal)
    {
        ["create"] = ApiGrants.CreateRooms,
        ["list"] = ApiGrants.ListRooms,
        ["moderate"] = ApiGrants.ModerateRooms,
        ["admit"] = ApiGrants.AdmitToRooms,
    };

    private static readonly Dictionary<string, ApiGrants> NodeGrants = new(StringComparer.Ordinal)
    {
        ["read"] = ApiGrants.ReadNode,
        ["drain"] = ApiGrants.DrainNode,
    };

    private readonly TokenSignature _signature = new(keys);

    public async Task<ApiTokenResult> VerifyAsync(string? token)
    {
        SignedPayload signed = await _signature.VerifyAsync(token);
        using (signed.Payload)
            return signed.Payload is null ? signed.Outcome : ReadClaims(signed.Payload.RootElement, signed.KeyId);
    }

    /// <summary>As tokens spell them.</summary>
    public static IEnumerable<string> NamesOf(ApiGrants grants) => RoomGrants.Concat(NodeGrants).Where(known => (grants & known.Value) != 0).Select(known => known.Key);

    private ApiTokenResult ReadClaims(JsonElement payload, string keyId)
    {
        var claims = new FieldReader(payload);
        double? expiry = claims.OptionalNumber("exp");
        double? notBefore = claims.OptionalNumber("nbf");
        if (claims.Error is not null)
            return TokenOutcome.Malformed;
        DateTimeOffset now = time.GetUtcNow();
        if (TokenSignature.CheckTime(expiry, notBefore, now) is not TokenOutcome.Valid and var outOfTime)
            return outOfTime;
        if (expiry > (now + LongestLife + TokenSignature.ClockSkew - DateTimeOffset.UnixEpoch).TotalSeconds)
            return TokenOutcome.LivesTooLong;
        if (!payload.TryGetProperty("grants", out JsonElement grants))
            return new ApiTokenResult(TokenOutcome.Valid, new ApiCaller(keyId, ApiGrants.None, null));
        return grants.ValueKind == JsonValueKind.Object ? ReadGrants(grants, keyId) : TokenOutcome.Malformed;
    }

    /// <summary>A grant that is not known here grants nothing.</summary>
    private static ApiTokenResult ReadGrants(JsonElement grants, string keyId)
    {
        var fields = new FieldReader(grants);
        string? room = fields.OptionalName("room", 1, Bounds.Room);
        ApiGrants granted = ReadList(ref fields, grants, "rooms", RoomGrants) | ReadList(ref fields, grants, "node", NodeGrants);
        return fields.Error is null ? new ApiTokenResult(TokenOutcome.Valid, new ApiCaller(keyId, granted, room)) : TokenOutcome.Malformed;
    }

    private static ApiGrants ReadList(ref FieldReader fields, JsonElement grants, string field, Dictionary<string, ApiGrants> known)
    {
        ApiGrants granted = ApiGrants.None;
        if (grants.TryGetProperty(field, out _))
        {
            foreach (string name in fields.Strings(field, most: 16, longest: 64))
                granted |= known.GetValueOrDefault(name);
        }

        return granted;
    }
}
