namespace Sfu.Signalling.Options;

/// <summary>Section <c>Sfu:Signalling</c>; the bounds of what one client can cost.</summary>
internal sealed record SignallingSettings
{
    /// <summary>Bytes of a message from a client.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024;

    /// <summary>Messages that may wait for one client; with one more, the client counts as too slow.</summary>
    public int OutboxMessages { get; init; } = 256;

    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a pong may take before the connection counts as lost.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan JoinTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a session is kept without a WebSocket.</summary>
    public TimeSpan ResumeWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>WebSockets at the same time.</summary>
    public int MaxConnections { get; init; } = 10_000;

    public int MessagesPerSecond { get; init; } = 20;

    public int MessageBurst { get; init; } = 60;

    /// <summary>Origins of web pages, besides our own, that may connect; <c>*</c> is any.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>How long a client may take to read the last message and to close, before the connection is cut.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    public static SignallingSettings Read(SettingsReader reader)
    {
        var fallback = new SignallingSettings();
        TimeSpan second = TimeSpan.FromSeconds(1);
        TimeSpan hour = TimeSpan.FromHours(1);
        var settings = new SignallingSettings
        {
            MaxMessageBytes = reader.Int(nameof(MaxMessageBytes), fallback.MaxMessageBytes, 4_096, 1_048_576),
            OutboxMessages = reader.Int(nameof(OutboxMessages), fallback.OutboxMessages, 8, 65_536),
            PingInterval = reader.Duration(nameof(PingInterval), fallback.PingInterval, second, hour),
            PingTimeout = reader.Duration(nameof(PingTimeout), fallback.PingTimeout, second, hour),
            JoinTimeout = reader.Duration(nameof(JoinTimeout), fallback.JoinTimeout, 0.1 * second, hour),
            ResumeWindow = reader.Duration(nameof(ResumeWindow), fallback.ResumeWindow, TimeSpan.Zero, hour),
            MaxConnections = reader.Int(nameof(MaxConnections), fallback.MaxConnections, 1, 1_000_000),
            MessagesPerSecond = reader.Int(nameof(MessagesPerSecond), fallback.MessagesPerSecond, 1, 100_000),
            MessageBurst = reader.Int(nameof(MessageBurst), fallback.MessageBurst, 1, 100_000),
            AllowedOrigins = reader.List(nameof(AllowedOrigins)),
            CloseTimeout = reader.Duration(nameof(CloseTimeout), fallback.CloseTimeout, 0.1 * second, 10 * second),
        };

        foreach (string origin in settings.AllowedOrigins.Where(origin => origin != "*" && !IsOrigin(origin)))
            reader.Fail(nameof(AllowedOrigins), $"holds \"{origin}\", which is not an origin such as https://example.org.");

        reader.RefuseUnknown();
        return settings;
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);
}
