using Sfu.Signalling.Options;
using Sfu.Signalling.WebSockets;

namespace Sfu.Signalling.DevPage;

/// <summary>
/// Lets in our own page and local programs. A web page from elsewhere runs on this machine too: its <c>Origin</c> gives it
/// away, and, where its own host name was pointed at loopback (DNS rebinding), its <c>Host</c>.
/// </summary>
internal sealed class LoopbackOnlyFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsLocal(context.HttpContext.Request)
            ? next(context)
            : ValueTask.FromResult<object?>(Results.Text("Only pages of this server on a loopback address may do this.", statusCode: StatusCodes.Status403Forbidden));

    private static bool IsLocal(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        string? site = request.Headers["Sec-Fetch-Site"];
        return ListenAddresses.IsLoopbackHost(request.Host.Host)
            && (string.IsNullOrEmpty(origin) || OriginPolicy.IsOwn(request, origin))
            && (string.IsNullOrEmpty(site) || site is "same-origin" or "none");
    }
}
