using Sfu.Node;
using Sfu.Signalling.Auth;

namespace Sfu.Signalling.DevPage;

/// <summary>Tokens and rooms for the server's own page; mapped only while the development key is in use.</summary>
internal static class DevEndpoints
{
    public static void MapDevelopment(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder dev = routes.MapGroup("/dev").AddEndpointFilter<LoopbackOnlyFilter>();
        dev.MapPost("/token", IssueAsync);
        dev.MapGet("/rooms", (SfuNode node) => Results.Json(
            (RoomSummary[])[.. node.Rooms().OrderBy(room => room.Name, StringComparer.Ordinal).Select(RoomSummary.Of)],
            DevJson.Default.RoomSummaryArray));
    }

    private static async Task<IResult> IssueAsync(HttpRequest request, TokenIssuer issuer)
    {
        // A form of another page can post text/plain without asking first; it cannot post application/json.
        if (!request.HasJsonContentType())
            return Refuse("Send Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        if (await TokenRequest.ReadAsync(request) is not { } wanted)
            return Refuse("The body is not a JSON object.", StatusCodes.Status400BadRequest);
        if (wanted.Error is { } error)
            return Refuse(error.Text, StatusCodes.Status400BadRequest);

        string token = issuer.Issue(new TokenClaims(wanted.Identity, wanted.Room, wanted.Role, wanted.Name));
        return Results.Json(new TokenResponse(token, wanted.Identity), DevJson.Default.TokenResponse);
    }

    private static IResult Refuse(string text, int status) => Results.Text(text, statusCode: status);
}
