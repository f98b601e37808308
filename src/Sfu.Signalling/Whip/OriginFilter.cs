using Microsoft.Net.Http.Headers;
using Sfu.Signalling.Options;
using Sfu.Signalling.WebSockets;

namespace Sfu.Signalling.Whip;

/// <summary>Which web pages may publish and listen: the same as may open a WebSocket. Answers the preflights of those (Fetch standard, 3.2).</summary>
internal sealed class OriginFilter(ServerSettings settings) : IEndpointFilter
{
    private const string ExposedHeaders = "Location, Link, ETag, Accept-Patch, Retry-After";
    private const string Methods = "POST, PATCH, DELETE, OPTIONS";
    private const string RequestHeaders = "Authorization, Content-Type, If-Match";

    /// <summary>A day, in seconds; browsers cap it.</summary>
    private const string PreflightAge = "86400";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        string? origin = http.Request.Headers.Origin;
        IHeaderDictionary headers = http.Response.Headers;
        headers.Vary = HeaderNames.Origin;
        if (string.IsNullOrEmpty(origin))
            return next(context);
        if (!OriginPolicy.Allows(http.Request, settings.Signalling.AllowedOrigins))
            return ValueTask.FromResult<object?>(Problem.Of(http, WhipErrors.OriginForbidden));

        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = ExposedHeaders;
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            headers.AccessControlAllowMethods = Methods;
            headers.AccessControlAllowHeaders = RequestHeaders;
            headers.AccessControlMaxAge = PreflightAge;
        }

        return next(context);
    }
}
