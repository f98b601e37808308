using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Messages;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <content>Who may come in.</content>
internal sealed partial class RoomControl
{
    private static readonly TimeSpan DefaultLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);

    public override async Task<Wire.AdmitResponse> Admit(Wire.AdmitRequest request, ServerCallContext context)
    {
        ApiCaller caller = await authorization.RequireAsync(context, ApiGrants.AdmitToRooms | ApiGrants.ModerateRooms, request.Room);
        var violations = new Violations();
        TokenClaims claims = ReadClaims(request, violations);
        TimeSpan life = FromWire.Timeout("ttl", request.Ttl, violations) ?? DefaultLife;
        violations.Check(life >= TimeSpan.FromSeconds(1) && life <= LongestLife, "ttl", "must be from 1 second to 24 hours");
        violations.ThrowIfAny();

        DateTimeOffset expiry = time.GetUtcNow() + life;
        // The caller's own key: a change of keys brings the tokens along.
        string token = tokens.Issue(claims, caller.KeyId, life) ?? throw Failures.Unauthenticated(TokenOutcome.UnknownKey);
        violations.Check(token.Length <= TokenVerifier.MaxTokenLength, "attributes", $"and metadata make a token of more than {TokenVerifier.MaxTokenLength} characters");
        violations.ThrowIfAny();

        Act(request.Room, request.Identity, room =>
            room.Settings.Visibility == Visibility.Private ? room.Admit(null, request.Identity) : RoomError.None);
        return new Wire.AdmitResponse { Token = token, Url = AddressFor(context), ExpiresAt = Timestamp.FromDateTimeOffset(expiry) };
    }

    public override async Task<Wire.InviteCode> CreateInviteCode(Wire.CreateInviteCodeRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ModerateRooms, request.Room);
        var violations = new Violations();
        violations.Range("uses", request.Uses, 0, RoomBounds.InviteCodeUses);
        violations.ThrowIfAny();

        int uses = Math.Max(request.Uses, 1);
        string code = InviteCodes.Create();
        Act(request.Room, "", room => room.AddInviteCode(null, code, uses));
        return new Wire.InviteCode { Code = code, Left = uses };
    }

    public override async Task<Wire.ListInviteCodesResponse> ListInviteCodes(Wire.ListInviteCodesRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ModerateRooms, request.Room);
        var response = new Wire.ListInviteCodesResponse();
        Act(request.Room, "", room =>
        {
            response.Codes.Add(room.InviteCodes.Select(ToWire.Code));
            return RoomError.None;
        });
        return response;
    }

    public override async Task<Wire.RevokeInviteCodeResponse> RevokeInviteCode(Wire.RevokeInviteCodeRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ModerateRooms, request.Room);
        bool revoked = false;
        Act(request.Room, "", room =>
        {
            revoked = room.RevokeInviteCode(null, request.Code);
            return RoomError.None;
        });
        return revoked ? new Wire.RevokeInviteCodeResponse() : throw Failures.NoSuchCode();
    }

    private static TokenClaims ReadClaims(Wire.AdmitRequest request, Violations violations)
    {
        violations.Name("room", request.Room, 1, Bounds.Room);
        violations.Name("identity", request.Identity, 1, Bounds.Identity);
        violations.Name("name", request.Name, 0, Bounds.Name);
        violations.Check(request.Role != Wire.Role.Unspecified, "role", "is required");
        violations.Check(request.Attributes.Count <= RoomBounds.Attributes, "attributes", $"must be at most {RoomBounds.Attributes}");
        violations.Check(
            request.Attributes.All(a => a.Key.Length <= RoomBounds.AttributeKey && a.Value.Length <= RoomBounds.AttributeValue),
            "attributes",
            $"must have keys of at most {RoomBounds.AttributeKey} and values of at most {RoomBounds.AttributeValue} characters");
        Role role = FromWire.Choice("role", (int)request.Role, Role.Audience, violations);
        return new TokenClaims(request.Identity, request.Room, role, request.Name.Length == 0 ? null : request.Name)
        {
            Followed = request.Followed,
            Metadata = request.Metadata,
            Attributes = request.Attributes,
        };
    }

    /// <summary>As configured, or where the caller found this server.</summary>
    private string AddressFor(ServerCallContext context)
    {
        if (settings.Grpc.PublicUrl is { } configured)
            return configured;
        HttpRequest request = context.GetHttpContext().Request;
        return $"{(request.IsHttps ? "wss" : "ws")}://{request.Host}{ProtocolVersion.Path}";
    }
}
