using System.Text.Json;
using Sfu.Node;
using Sfu.Rooms;
using Sfu.Signalling.Auth;

namespace Sfu.Signalling.DevPage;

/// <summary>Tokens and rooms for the server's own page; mapped only while the development key is in use.</summary>
internal static class DevEndpoints
{
    public static void MapDevelopment(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder dev = routes.MapGroup("/dev").AddEndpointFilter<LoopbackOnlyFilter>();
        dev.MapPost("/token", (HttpRequest request, TokenIssuer issuer) => AnswerAsync(request, TokenRequest.Read, wanted =>
            wanted.Error is { } error ? Refuse(error.Text, StatusCodes.Status400BadRequest) : Issue(issuer, wanted)));
        dev.MapPost("/rooms", (HttpRequest request, SfuNode node) => AnswerAsync(request, RoomRequest.Read, wanted =>
            wanted.Error is { } error ? Refuse(error.Text, StatusCodes.Status400BadRequest) : Create(node, wanted)));
        dev.MapGet("/rooms", (SfuNode node) => Results.Json(
            (RoomSummary[])[.. node.Rooms().OrderBy(room => room.Name, StringComparer.Ordinal).Select(RoomSummary.Of)],
            DevJson.Default.RoomSummaryArray));
    }

    private static async Task<IResult> AnswerAsync<T>(HttpRequest request, Func<JsonElement, T> read, Func<T, IResult> answer)
        where T : class
    {
        // A form of another page can post text/plain without asking first; it cannot post application/json.
        if (!request.HasJsonContentType())
            return Refuse("Send Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        return await JsonBody.ReadAsync(request, read) is { } wanted
            ? answer(wanted)
            : Refuse("The body is not a JSON object.", StatusCodes.Status400BadRequest);
    }

    private static IResult Issue(TokenIssuer issuer, TokenRequest wanted)
    {
        string token = issuer.Issue(new TokenClaims(wanted.Identity, wanted.Room, wanted.Role, wanted.Name));
        return Results.Json(new TokenResponse(token, wanted.Identity), DevJson.Default.TokenResponse);
    }

    private static IResult Create(SfuNode node, RoomRequest wanted)
    {
        if (node.CreateRoom(wanted.Name, wanted.Settings, out RoomSnapshot? room))
            return Results.Json(RoomSummary.Of(room!), DevJson.Default.RoomSummary, statusCode: StatusCodes.Status201Created);
        return room is null
            ? Refuse("The server takes no rooms just now.", StatusCodes.Status503ServiceUnavailable)
            : Refuse("There is a room of this name already.", StatusCodes.Status409Conflict);
    }

    private static IResult Refuse(string text, int status) => Results.Text(text, statusCode: status);
}
