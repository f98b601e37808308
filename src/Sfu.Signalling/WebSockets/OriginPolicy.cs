namespace Sfu.Signalling.WebSockets;

/// <summary>Which web pages may talk to us. Programs that are no browsers send no <c>Origin</c> and are not concerned.</summary>
internal static class OriginPolicy
{
    public static bool Allows(HttpRequest request, IReadOnlyList<string> allowed)
    {
        string? origin = request.Headers.Origin;
        return string.IsNullOrEmpty(origin)
            || IsOwn(request, origin)
            || allowed.Any(a => a == "*" || string.Equals(a, origin, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>By host and port alone: behind a proxy that ends TLS the schemes differ.</summary>
    public static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
        && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
