namespace Sfu.Signalling.Options;

/// <summary>Section <c>Sfu:Grpc</c>; the control plane.</summary>
internal sealed record GrpcSettings
{
    /// <summary>The WebSocket that people who are admitted connect to; null for the address that the caller used.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Events that may wait for one watcher; with one more, it counts as too slow.</summary>
    public int WatchQueue { get; init; } = 1_024;

    public static GrpcSettings Read(SettingsReader reader)
    {
        var fallback = new GrpcSettings();
        var settings = new GrpcSettings
        {
            PublicUrl = reader.Text(nameof(PublicUrl)),
            WatchQueue = reader.Int(nameof(WatchQueue), fallback.WatchQueue, 16, 65_536),
        };
        if (settings.PublicUrl is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "ws" or "wss"))
            reader.Fail(nameof(PublicUrl), $"must be a URL such as wss://sfu.example.org/v1/ws, not \"{url}\".");
        reader.RefuseUnknown();
        return settings;
    }
}
