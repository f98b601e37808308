using Sfu.Sdp;

namespace Sfu.Signalling.Whip;

/// <summary>Where clients find WHIP (RFC 9725) and WHEP.</summary>
internal static class WhipRoutes
{
    private const string Sessions = "/session";

    public static void MapWhip(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/whip", OfferPurpose.Publish);
        Map(routes, "/whep", OfferPurpose.Listen);
    }

    private static void Map(IEndpointRouteBuilder routes, string path, OfferPurpose purpose)
    {
        RouteGroupBuilder group = routes.MapGroup(path).AddEndpointFilter<OriginFilter>();
        group.MapPost("/{room?}", (HttpContext context, WhipEndpoint endpoint, string? room, string? inviteCode) =>
            endpoint.PostAsync(context, purpose, path + Sessions, room, inviteCode));
        group.MapMethods("/{room?}", [HttpMethods.Options], (HttpContext context) => Describe(context, "Accept-Post", MediaTypes.Sdp));

        // Said outright: the routes of gRPC, which match any two segments, turn what is left into 404.
        group.MapMethods("/{room?}", [HttpMethods.Get, HttpMethods.Head, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete], NotAllowed);

        string session = Sessions + "/{id}";
        group.MapPatch(session, (HttpContext context, WhipSessionEndpoint endpoint, string id) => endpoint.PatchAsync(context, id));
        group.MapDelete(session, (HttpContext context, WhipSessionEndpoint endpoint, string id) => endpoint.Delete(context, id));
        group.MapMethods(session, [HttpMethods.Options], (HttpContext context) => Describe(context, "Accept-Patch", MediaTypes.Fragment));
    }

    private static IResult NotAllowed(HttpContext context)
    {
        context.Response.Headers.Allow = "POST, OPTIONS";
        return Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
    }

    private static IResult Describe(HttpContext context, string header, string mediaType)
    {
        context.Response.Headers[header] = mediaType;
        return Results.NoContent();
    }
}
