using Sfu.Signalling.IceServers;

namespace Sfu.Signalling.Options;

/// <summary>Section <c>Sfu:IceServers:&lt;n&gt;</c>: a STUN or TURN server that clients are told of.</summary>
internal sealed record IceServerSettings
{
    /// <summary>Who guesses the secret relays for free.</summary>
    private const int LeastSecretLength = 8;

    /// <summary>Of RFC 7064 and RFC 7065; at least one.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Of an account that lasts; null with a <see cref="Secret"/>.</summary>
    public string? Username { get; init; }

    /// <inheritdoc cref="Username"/>
    public string? Credential { get; init; }

    /// <summary>Shared with the TURN server (coturn: <c>static-auth-secret</c>); each client gets credentials of its own, which expire.</summary>
    public string? Secret { get; init; }

    /// <summary>
    /// How long credentials made of the <see cref="Secret"/> are good for: longer than anybody stays, because a client that moves to
    /// another network asks the server for a relay again.
    /// </summary>
    public TimeSpan Ttl { get; init; } = TimeSpan.FromHours(12);

    public static IReadOnlyList<IceServerSettings> Read(SettingsReader list) =>
        [.. list.Section.GetChildren().Select(child => Read(list, child.Key))];

    /// <summary>Hides secrets, which must not reach a log.</summary>
    public override string ToString() => string.Join(", ", Urls);

    private static IceServerSettings Read(SettingsReader list, string key)
    {
        SettingsReader reader = list.Child(key);
        var settings = new IceServerSettings
        {
            Urls = reader.List(nameof(Urls)),
            Username = reader.Text(nameof(Username)),
            Credential = reader.Text(nameof(Credential)),
            Secret = reader.Text(nameof(Secret)),
        };
        settings = settings with { Ttl = reader.Duration(nameof(Ttl), settings.Ttl, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)) };
        Check(settings, reader);
        reader.RefuseUnknown();
        return settings;
    }

    private static void Check(IceServerSettings settings, SettingsReader reader)
    {
        if (settings.Urls.Count == 0)
            reader.Fail(nameof(Urls), "is missing.");
        foreach (string url in settings.Urls.Where(url => !IceServerUrl.IsValid(url)))
            reader.Fail(nameof(Urls), $"holds \"{url}\", which is not an address such as stun:stun.example.org:3478 or turn:turn.example.org?transport=tcp.");

        bool relays = settings.Urls.Any(IceServerUrl.IsRelay);
        if (settings.Secret is not null && settings.Credential is not null)
            reader.Fail(nameof(Secret), $"and {nameof(Credential)} exclude each other: one makes credentials for each client, the other is the same for all.");
        else if (settings.Secret is { Length: < LeastSecretLength })
            reader.Fail(nameof(Secret), $"must have at least {LeastSecretLength} characters.");
        else if (settings.Credential is null != settings.Username is null)
            reader.Fail(settings.Username is null ? nameof(Username) : nameof(Credential), "is missing: the two go together.");
        else if (relays && settings.Secret is null && settings.Credential is null)
            reader.Fail(nameof(Secret), $"is missing, or {nameof(Username)} and {nameof(Credential)}: a TURN server serves nobody without (RFC 8656 5).");
        else if (!relays && settings.Urls.Count > 0 && (settings.Secret ?? settings.Credential) is not null)
            reader.Fail(nameof(Urls), "names no TURN server, and only those take credentials.");
    }
}
