using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Hosting;

/// <summary>HTTP/1.1, HTTP/2, WebSockets and gRPC on every address: by ALPN with TLS, by the first bytes without.</summary>
internal static class HttpListeners
{
    private const int MaxRequestBodyBytes = 64 * 1024;

    public static void AddListeners(this WebApplicationBuilder builder, ServerSettings settings)
    {
        if (settings.Listen.IsDefault)
            builder.WebHost.UseUrls(ListenAddresses.Default);

        var limits = new KestrelServerOptions();
        Limit(limits);
        var http2 = new CleartextHttp2(limits.Limits.KeepAliveTimeout);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Limit(kestrel);
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => http2.RouteAsync(connection, next)));
            if (settings.Tls is { } tls)
                UseCertificate(kestrel, tls);
        });

        ServiceDescriptor kestrelServer = builder.Services.Last(service => service.ServiceType == typeof(IServer));
        builder.Services.AddSingleton<IServer>(provider => new SharedPortServer(
            (IServer)ActivatorUtilities.CreateInstance(provider, kestrelServer.ImplementationType!),
            CreateHttp2(provider, http2)));
    }

    private static KestrelServer CreateHttp2(IServiceProvider services, CleartextHttp2 connections)
    {
        var options = new KestrelServerOptions { ApplicationServices = services };
        Limit(options);
        options.Listen(connections.EndPoint, listen => listen.Protocols = HttpProtocols.Http2);
        return new KestrelServer(Microsoft.Extensions.Options.Options.Create(options), connections, services.GetRequiredService<ILoggerFactory>());
    }

    private static void UseCertificate(KestrelServerOptions kestrel, TlsSettings tls)
    {
        var files = new CertificateFiles(
            tls,
            kestrel.ApplicationServices.GetRequiredService<TimeProvider>(),
            kestrel.ApplicationServices.GetRequiredService<ILogger<CertificateFiles>>());
        _ = files.Current;
        kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificateSelector = (_, _) => files.Current.TargetCertificate;
            https.OnAuthenticate = (_, options) =>
            {
                // With its chain, which a selector cannot give.
                options.ServerCertificateSelectionCallback = null;
                options.ServerCertificateContext = files.Current;
            };
        });
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    }
}
