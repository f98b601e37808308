using Sfu.Node;
using Sfu.Rooms;
using Sfu.Sdp;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Diagnostics;
using Sfu.Signalling.Limits;
using Sfu.Signalling.Messages;
using Sfu.Signalling.WebSockets;

namespace Sfu.Signalling.Whip;

/// <summary>POST: an offer and a token come in, somebody joins, and the answer goes out.</summary>
internal sealed class WhipEndpoint(SignallingServices services, WhipSessions sessions)
{
    private const string Scheme = "Bearer ";

    /// <param name="sessionsPath">Where resources are.</param>
    /// <param name="room">Null: the token's.</param>
    /// <param name="inviteCode">For private rooms.</param>
    public async Task<IResult> PostAsync(HttpContext context, OfferPurpose purpose, string sessionsPath, string? room, string? inviteCode)
    {
        try
        {
            ProtocolError? error = CheckForm(context, room);
            if (error is not null)
                return Refuse(context, error);
            TokenResult token = await services.Tokens.VerifyAsync(TokenOf(context.Request), room);
            if (token.Claims is not { } claims)
                return Refuse(context, Errors.Token(token.Outcome));
            if (!services.Limits.Allows(LimitedAction.Join, claims.Identity))
                return Refuse(context, Errors.TooManyJoins);
            if (purpose == OfferPurpose.Publish && claims.Role == Role.Audience)
                return Refuse(context, Errors.RoleForbidsStage);
            if (await RequestText.ReadAsync(context.Request) is not { } sdp)
                return Refuse(context, WhipErrors.TooLarge);
            return OfferReader.TryRead(sdp, purpose, out ClientOffer? offer, out SdpError? wrong)
                ? Join(context, claims, offer, sessionsPath, inviteCode)
                : Refuse(context, Errors.Sdp(wrong));
        }
        catch (Exception e) when (e is not (OperationCanceledException or BadHttpRequestException))
        {
            services.Log.MessageFailed(e, nameof(ClientOffer));
            return Refuse(context, Errors.Internal);
        }
    }

    private ProtocolError? CheckForm(HttpContext context, string? room)
    {
        if (!services.Limits.Allows(LimitedAction.Join, context.Connection.RemoteIpAddress))
            return Errors.TooManyJoins;
        if (!MediaTypes.Accepts(context.Request, MediaTypes.Sdp))
            return WhipErrors.NotAcceptable;
        if (!MediaTypes.Is(context.Request.ContentType, MediaTypes.Sdp))
            return WhipErrors.OfferExpected;
        return room?.Length > Bounds.Room ? WhipErrors.BadRoom : null;
    }

    private static string? TokenOf(HttpRequest request)
    {
        string? header = request.Headers.Authorization;
        return header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }

    private IResult Join(HttpContext context, TokenClaims claims, ClientOffer offer, string sessionsPath, string? inviteCode)
    {
        var resource = new WhipSession(offer, sessions, services.Settings.Signalling.ResumeWindow, services.Time);
        RoomError failed = services.Node.Join(RequestOf(claims, offer.Purpose, inviteCode), resource, out Session? session, out WaitingPlace? place);
        if (Errors.Room(failed) is { } error)
            return Refuse(context, error);
        if (session is null)
            return TurnAway(context, place!);
        if (Check(session, offer.Purpose) is { } unfit)
        {
            session.End(EndReason.Left);
            return Refuse(context, unfit);
        }

        if (resource.Open(session) is not { } answer)
            return Refuse(context, Errors.Unavailable);
        services.Metrics.Join("joined");
        services.Log.Joined(session.Identity, claims.Room, RoleNames.Of(session.Role), session.Id);
        IHeaderDictionary headers = context.Response.Headers;
        headers.Location = $"{sessionsPath}/{resource.Id}";
        headers.ETag = resource.EntityTag;
        headers["Accept-Patch"] = MediaTypes.Fragment;
        headers.Link = IceServerLinks.Of(services.IceServers.For(session.Identity));
        return Results.Text(answer.Sdp, MediaTypes.Sdp, statusCode: StatusCodes.Status201Created);
    }

    private static ProtocolError? Check(Session session, OfferPurpose purpose) =>
        !session.HasAudio ? Errors.SilentRoom
        : purpose == OfferPurpose.Publish && !session.OnStage ? Errors.StageFull
        : null;

    /// <summary>A player is nobody who could moderate or speak, whatever its token allows.</summary>
    private static JoinRequest RequestOf(TokenClaims claims, OfferPurpose purpose, string? inviteCode)
    {
        bool publishes = purpose == OfferPurpose.Publish;
        return new JoinRequest(claims.Room, claims.Identity, claims.Name ?? claims.Identity, publishes ? claims.Role : Role.Audience, publishes)
        {
            IssuedAt = claims.IssuedAt,
            Followed = claims.Followed,
            Metadata = claims.Metadata,
            Attributes = claims.Attributes,
            InviteCode = inviteCode,
        };
    }

    /// <summary>HTTP has nobody wait before a door.</summary>
    private IResult TurnAway(HttpContext context, WaitingPlace place)
    {
        place.Leave();
        return place.Reason == WaitReason.DoorsClosed && place.OpensAt is { } opensAt
            ? Refuse(context, WhipErrors.DoorsClosed, opensAt - services.Time.GetUtcNow())
            : Refuse(context, Errors.RoomFull);
    }

    private IResult Refuse(HttpContext context, ProtocolError error, TimeSpan? retryAfter = null)
    {
        services.Metrics.Join(error.Code);
        services.Metrics.Error(error.Code);
        services.Log.ClientError(error.Code, error.Text);
        return Problem.Of(context, error, retryAfter);
    }
}
