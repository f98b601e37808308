using Microsoft.Net.Http.Headers;
using Sfu.Node;
using Sfu.Rooms;
using Sfu.Sdp;
using Sfu.Signalling.Diagnostics;
using Sfu.Signalling.Limits;
using Sfu.Signalling.Messages;
using Sfu.Signalling.WebSockets;

namespace Sfu.Signalling.Whip;

/// <summary>The resource of a session: PATCH trickles candidates and restarts ICE (RFC 9725 section 4.3), DELETE ends.</summary>
internal sealed class WhipSessionEndpoint(SignallingServices services, WhipSessions sessions)
{
    public IResult Delete(HttpContext context, string id)
    {
        if (!sessions.TryFind(id, out WhipSession? session))
            return Refuse(context, WhipErrors.NoSuchSession);
        session.End(EndReason.Left);
        return Results.Ok();
    }

    public async Task<IResult> PatchAsync(HttpContext context, string id)
    {
        if (!sessions.TryFind(id, out WhipSession? session))
            return Refuse(context, WhipErrors.NoSuchSession);
        if (!MediaTypes.Is(context.Request.ContentType, MediaTypes.Fragment))
        {
            context.Response.Headers["Accept-Patch"] = MediaTypes.Fragment;
            return Refuse(context, WhipErrors.FragmentExpected);
        }

        if (CheckCondition(context.Request, session) is { } unmet)
            return Refuse(context, unmet);
        if (await RequestText.ReadAsync(context.Request) is not { } text)
            return Refuse(context, WhipErrors.TooLarge);
        if (!IceFragmentReader.TryRead(text, out IceFragment? fragment, out SdpError? wrong))
            return Refuse(context, Errors.Sdp(wrong));
        return Apply(context, session, fragment);
    }

    /// <summary>A restart names no tag: the client may have missed the newest one (RFC 9725 section 4.3.3).</summary>
    private static ProtocolError? CheckCondition(HttpRequest request, WhipSession session)
    {
        if (request.Headers.IfMatch.Count == 0)
            return WhipErrors.IfMatchMissing;
        var current = new EntityTagHeaderValue(session.EntityTag);
        return request.GetTypedHeaders().IfMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: true))
            ? null
            : WhipErrors.IfMatchOutdated;
    }

    /// <summary>A lite agent needs none of the client's candidates; those that can be read are done with.</summary>
    private IResult Apply(HttpContext context, WhipSession session, IceFragment fragment)
    {
        if (session.IsRestart(fragment.Ice) && !services.Limits.Allows(LimitedAction.Join, context.Connection.RemoteIpAddress))
            return Refuse(context, Errors.TooManyJoins);
        OfferReply? reply = session.Restart(fragment.Ice);
        context.Response.Headers.ETag = session.EntityTag;
        return reply is null ? Results.NoContent() : Results.Text(reply.Sdp, MediaTypes.Fragment);
    }

    private IResult Refuse(HttpContext context, ProtocolError error)
    {
        services.Metrics.Error(error.Code);
        services.Log.ClientError(error.Code, error.Text);
        return Problem.Of(context, error);
    }
}
