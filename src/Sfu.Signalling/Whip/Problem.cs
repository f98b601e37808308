using Sfu.Signalling.Messages;

namespace Sfu.Signalling.Whip;

/// <summary>What went wrong, as RFC 9457 has it; <c>code</c>, <c>field</c> and <c>line</c> are those of the protocol's errors.</summary>
internal sealed record Problem(int Status, string Detail, string Code, string? Field, int? Line)
{
    private const int SecondsAfterTooMany = 60;
    private const int SecondsAfterUnavailable = 5;

    /// <param name="retryAfter">Null: as long as usually helps, where waiting helps at all.</param>
    public static IResult Of(HttpContext context, ProtocolError error, TimeSpan? retryAfter = null)
    {
        int? seconds = retryAfter is { } wait ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : error.Status switch
        {
            StatusCodes.Status429TooManyRequests => SecondsAfterTooMany,
            StatusCodes.Status503ServiceUnavailable => SecondsAfterUnavailable,
            _ => null,
        };
        IHeaderDictionary headers = context.Response.Headers;
        if (seconds is not null)
            headers.RetryAfter = $"{seconds}";
        if (error.Status == StatusCodes.Status401Unauthorized)
            headers.WWWAuthenticate = error.Code == Errors.Token(Auth.TokenOutcome.Missing).Code ? "Bearer" : "Bearer error=\"invalid_token\"";
        return Results.Json(
            new Problem(error.Status, error.Text, error.Code, error.Field, error.Line),
            WhipJson.Default.Problem,
            MediaTypes.Problem,
            error.Status);
    }
}
