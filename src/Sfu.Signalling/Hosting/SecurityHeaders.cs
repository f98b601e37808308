using Microsoft.AspNetCore.StaticFiles;

namespace Sfu.Signalling.Hosting;

/// <summary>The page loads nothing from elsewhere, runs no inline script, sits in no foreign frame, and alone may use the microphone.</summary>
internal static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; media-src 'self' blob: mediastream:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void UsePage(this IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "microphone=(self), camera=()";
            return next(context);
        });
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = Revalidate });
    }

    /// <summary>File names carry no version, so the browser asks each time; with the ETag an unchanged file costs 304.</summary>
    private static void Revalidate(StaticFileResponseContext context) => context.Context.Response.Headers.CacheControl = "no-cache";
}
