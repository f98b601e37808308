using System.Net;

namespace Sfu.Signalling.Options;

/// <summary>Where HTTP listens, gathered from every place that ASP.NET Core reads: <c>urls</c>, ports and Kestrel's endpoints.</summary>
internal sealed record ListenAddresses(IReadOnlyList<string> Urls, bool IsDefault)
{
    public const string Default = "http://localhost:5080";

    public static ListenAddresses Read(IConfiguration configuration, List<string> errors)
    {
        var urls = new List<string>();
        foreach (IConfigurationSection endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            if (endpoint["Url"] is { } url)
                urls.Add(url);
        }

        // The server takes urls over ports, and both together with Kestrel's endpoints only the latter; all are checked.
        urls.AddRange(Split(configuration["urls"]));
        urls.AddRange(Split(configuration["http_ports"]).Select(port => $"http://*:{port}"));
        urls.AddRange(Split(configuration["https_ports"]).Select(port => $"https://*:{port}"));
        if (urls.Count == 0)
            return new ListenAddresses([Default], IsDefault: true);

        foreach (string url in urls.Where(url => !TryHost(url, out _)))
            errors.Add($"The address to listen on \"{url}\" is not a URL such as {Default}.");
        return new ListenAddresses(urls, IsDefault: false);
    }

    public static bool IsLoopback(string url) => TryHost(url, out string host) && IsLoopbackHost(host);

    /// <param name="host">Without a port; an IPv6 address with or without brackets.</param>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static bool TryHost(string url, out string host)
    {
        host = "";
        try
        {
            var address = BindingAddress.Parse(url);
            host = address.IsUnixPipe ? "localhost" : address.Host;
            return host.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string[] Split(string? text) =>
        text?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
