using Microsoft.AspNetCore.HttpOverrides;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Limits;

/// <summary>Where clients really are, when a proxy speaks for them.</summary>
internal static class ClientAddresses
{
    public static void UseClientAddresses(this IApplicationBuilder app, LimitSettings limits)
    {
        if (limits.TrustedProxies.Count == 0)
            return;
        // The address alone: what is trusted for limits is not trusted for origins and links.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (System.Net.IPNetwork proxy in limits.TrustedProxies)
            options.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(options);
    }
}
