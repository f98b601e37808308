namespace Sfu.Signalling.Options;

/// <summary>Section <c>Sfu:IceServers</c>: STUN and TURN servers that clients are told of, as <c>RTCIceServer</c> has them.</summary>
internal sealed record IceServerSettings(IReadOnlyList<string> Urls, string? Username, string? Credential)
{
    private static readonly string[] Schemes = ["stun:", "stuns:", "turn:", "turns:"];

    public static IReadOnlyList<IceServerSettings> Read(SettingsReader list)
    {
        var servers = new List<IceServerSettings>();
        foreach (string key in list.Section.GetChildren().Select(child => child.Key))
        {
            SettingsReader reader = list.Child(key);
            var server = new IceServerSettings(reader.List(nameof(Urls)), reader.Text(nameof(Username)), reader.Text(nameof(Credential)));
            if (server.Urls.Count == 0)
                reader.Fail(nameof(Urls), "is missing.");
            foreach (string url in server.Urls.Where(url => !Schemes.Any(scheme => url.StartsWith(scheme, StringComparison.Ordinal))))
                reader.Fail(nameof(Urls), $"holds \"{url}\", which does not start with {string.Join(" or ", Schemes)}.");
            reader.RefuseUnknown();
            servers.Add(server);
        }

        return servers;
    }
}
