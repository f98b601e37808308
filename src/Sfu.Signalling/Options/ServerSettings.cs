using Sfu.Signalling.Auth;

namespace Sfu.Signalling.Options;

/// <summary>Section <c>Sfu</c>, checked; immutable once the server runs.</summary>
internal sealed record ServerSettings(
    KeyRing Keys,
    SfuOptions Media,
    SignallingSettings Signalling,
    IReadOnlyList<IceServerSettings> IceServers,
    ListenAddresses Listen)
{
    public const string Section = "Sfu";

    public GrpcSettings Grpc { get; init; } = new();

    /// <summary>Null without certificate files: <c>https</c> then needs Kestrel's own settings.</summary>
    public TlsSettings? Tls { get; init; }

    public IReadOnlyList<WebhookSettings> Webhooks { get; init; } = [];

    public LimitSettings Limits { get; init; } = new();

    /// <returns>Null when there are errors.</returns>
    public static ServerSettings? Read(IConfiguration configuration, out IReadOnlyList<string> errors)
    {
        var found = new List<string>();
        var reader = new SettingsReader(configuration.GetSection(Section), found);
        KeyRing configured = KeyRing.Read(reader.Child("Keys"));
        SfuOptions media = MediaSettings.Read(reader.Child("Media"));
        SignallingSettings signalling = SignallingSettings.Read(reader.Child("Signalling"));
        IReadOnlyList<IceServerSettings> iceServers = IceServerSettings.Read(reader.Child("IceServers"));
        GrpcSettings grpc = GrpcSettings.Read(reader.Child("Grpc"));
        TlsSettings? tls = TlsSettings.Read(reader.Child("Tls"));
        IReadOnlyList<WebhookSettings> webhooks = WebhookSettings.Read(reader.Child("Webhooks"), configured);
        LimitSettings limits = LimitSettings.Read(reader.Child("Limits"));
        reader.RefuseUnknown();

        var listen = ListenAddresses.Read(configuration, found);
        bool hasNoKeys = !reader.Section.GetSection("Keys").GetChildren().Any();
        if (hasNoKeys)
            RefuseToBePublic(listen, media, found);

        errors = found;
        return found.Count > 0
            ? null
            : new ServerSettings(hasNoKeys ? KeyRing.CreateDevelopment() : configured, media, signalling, iceServers, listen)
            {
                Grpc = grpc,
                Tls = tls,
                Webhooks = webhooks,
                Limits = limits,
            };
    }

    private static void RefuseToBePublic(ListenAddresses listen, SfuOptions media, List<string> errors)
    {
        string[] exposed =
        [
            .. listen.Urls.Where(url => !ListenAddresses.IsLoopback(url)),
            .. media.BindAddresses.Where(address => !System.Net.IPAddress.IsLoopback(address)).Select(address => $"{address} (media)"),
        ];
        if (exposed.Length > 0)
        {
            errors.Add(
                $"{Section}:Keys:<kid> is missing: without a key for tokens the server listens on loopback only, and it was asked to listen on {string.Join(", ", exposed)}; "
                + $"set a key, for example with the environment variable {Section}__Keys__main=<secret of at least {KeyRing.LeastSecretBytes} bytes>.");
        }
    }
}
