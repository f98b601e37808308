using System.Globalization;

namespace Sfu.Signalling.Options;

/// <summary>What the server runs with, for the operator to read; never a secret.</summary>
internal static class EffectiveConfiguration
{
    public static IEnumerable<string> Lines(ServerSettings settings)
    {
        SfuOptions media = settings.Media;
        SignallingSettings signalling = settings.Signalling;
        yield return Line("Keys", settings.Keys.IsDevelopment ? "none: a random development key, loopback only" : string.Join(", ", settings.Keys.KeyIds));
        yield return Line("Media:Workers", media.Workers == 0 ? $"{Environment.ProcessorCount} (one for each core)" : Number(media.Workers));
        yield return Line("Media:Port", media.Port == 0 ? "chosen by the system" : $"{Number(media.Port)} and following");
        yield return Line("Media:TcpPort", media.TcpPort switch { null => "none: UDP only", 0 => "chosen by the system", { } port => Number(port) });
        if (media.TcpPort is not null)
            yield return Line("Media:TcpConnections", $"{Number(media.TcpConnections)}, of one address {Number(media.TcpConnectionsPerAddress)}");
        yield return Line("Media:BindAddresses", string.Join(", ", media.BindAddresses));
        yield return Line("Media:AdvertisedAddresses", media.AdvertisedAddresses.Count == 0 ? "as bound" : string.Join(", ", media.AdvertisedAddresses));
        yield return Line("Media:ReceiveBufferBytes", Number(media.ReceiveBufferBytes));
        yield return Line("Media:SendBufferBytes", Number(media.SendBufferBytes));
        yield return Line("Media:Slots", Number(media.Slots));
        yield return Line("Media:MaxAudience", Number(media.MaxAudience));
        yield return Line("Media:MaxParticipants", Number(media.MaxParticipants));
        yield return Line("Media:OpensRoomsOnJoin", media.OpensRoomsOnJoin ? "true" : "false: a backend creates them");
        yield return Line("Media:ConsentTimeout", DurationText.Format(media.ConsentTimeout));
        yield return Line("Signalling:MaxMessageBytes", Number(signalling.MaxMessageBytes));
        yield return Line("Signalling:OutboxMessages", Number(signalling.OutboxMessages));
        yield return Line("Signalling:PingInterval", DurationText.Format(signalling.PingInterval));
        yield return Line("Signalling:PingTimeout", DurationText.Format(signalling.PingTimeout));
        yield return Line("Signalling:JoinTimeout", DurationText.Format(signalling.JoinTimeout));
        yield return Line("Signalling:ResumeWindow", DurationText.Format(signalling.ResumeWindow));
        yield return Line("Signalling:CloseTimeout", DurationText.Format(signalling.CloseTimeout));
        yield return Line("Signalling:MaxConnections", Number(signalling.MaxConnections));
        yield return Line("Signalling:MessagesPerSecond", $"{Number(signalling.MessagesPerSecond)}, bursts of {Number(signalling.MessageBurst)}");
        yield return Line("Signalling:AllowedOrigins", signalling.AllowedOrigins.Count == 0 ? "our own" : string.Join(", ", signalling.AllowedOrigins));
        yield return Line("Grpc:PublicUrl", settings.Grpc.PublicUrl ?? "the address that the caller used");
        yield return Line("Grpc:WatchQueue", Number(settings.Grpc.WatchQueue));
        yield return Line("Tls:Certificate", settings.Tls?.Certificate ?? "none");
        foreach ((string name, RateSettings rate) in settings.Limits.Rates)
            yield return Line($"Limits:{name}", rate.PerMinute == 0 ? "none" : $"{Number(rate.PerMinute)} a minute, bursts of {Number(rate.Burst)}");
        yield return Line("Limits:ExemptLoopback", settings.Limits.ExemptLoopback ? "true" : "false");
        yield return Line("Limits:TrustedProxies", settings.Limits.TrustedProxies.Count == 0 ? "none" : string.Join(", ", settings.Limits.TrustedProxies));
        foreach (WebhookSettings webhook in settings.Webhooks)
            yield return Line($"Webhooks:{webhook.Name}", $"{webhook.Url.GetLeftPart(UriPartial.Path)}, signed by {webhook.Key}");
        yield return Line("IceServers", settings.IceServers.Count == 0 ? "none" : string.Join("; ", settings.IceServers.Select(Describe)));
    }

    private static string Line(string key, string value) => $"  {ServerSettings.Section}:{key,-28} {value}";

    private static string Describe(IceServerSettings server) => server.Secret is null
        ? string.Join(", ", server.Urls)
        : $"{string.Join(", ", server.Urls)} with credentials for {DurationText.Format(server.Ttl)}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
