using Sfu.Signalling.Auth;
using Sfu.Signalling.Webhooks;

namespace Sfu.Signalling.Options;

/// <summary>Section <c>Sfu:Webhooks:&lt;n&gt;</c>: somebody who is told what happens in rooms.</summary>
internal sealed record WebhookSettings
{
    /// <summary>Of the section; names the receiver in metrics and logs.</summary>
    public required string Name { get; init; }

    public required Uri Url { get; init; }

    /// <summary>Id of the key that signs.</summary>
    public required string Key { get; init; }

    /// <summary>Types that are sent; empty for all.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Events that may wait; with one more, the oldest is dropped.</summary>
    public int QueueEvents { get; init; } = 10_000;

    /// <summary>Requests at the same time, each for another room.</summary>
    public int Requests { get; init; } = 8;

    /// <summary>How long the receiver may take to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Before the second try; doubled with each one after it.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The age at which an event that fails is tried no more.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<WebhookSettings> Read(SettingsReader list, KeyRing keys)
    {
        var webhooks = new List<WebhookSettings>();
        foreach (string name in list.Section.GetChildren().Select(child => child.Key))
            webhooks.Add(Read(list.Child(name), name, keys));
        return webhooks;
    }

    private static WebhookSettings Read(SettingsReader reader, string name, KeyRing keys)
    {
        TimeSpan second = TimeSpan.FromSeconds(1);
        string url = reader.Text(nameof(Url)) ?? "";
        string key = reader.Text(nameof(Key)) ?? "";
        var fallback = new WebhookSettings { Name = name, Url = new Uri("http://localhost/"), Key = key };
        var settings = fallback with
        {
            Events = reader.List(nameof(Events)),
            QueueEvents = reader.Int(nameof(QueueEvents), fallback.QueueEvents, 1, 1_000_000),
            Requests = reader.Int(nameof(Requests), fallback.Requests, 1, 256),
            Timeout = reader.Duration(nameof(Timeout), fallback.Timeout, 0.1 * second, 60 * second),
            RetryDelay = reader.Duration(nameof(RetryDelay), fallback.RetryDelay, 0.01 * second, 60 * second),
            MaxRetryDelay = reader.Duration(nameof(MaxRetryDelay), fallback.MaxRetryDelay, 0.01 * second, 3_600 * second),
            GiveUpAfter = reader.Duration(nameof(GiveUpAfter), fallback.GiveUpAfter, second, 86_400 * second),
        };

        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) || parsed.Scheme is not ("http" or "https"))
            reader.Fail(nameof(Url), $"must be an address such as https://example.org/sfu, not \"{url}\".");
        else
            settings = settings with { Url = parsed };
        if (!keys.KeyIds.Contains(key))
            reader.Fail(nameof(Key), $"must name a key of {ServerSettings.Section}:Keys, and there is none called \"{key}\".");
        foreach (string type in settings.Events.Where(type => !WebhookTypes.All.Contains(type)))
            reader.Fail(nameof(Events), $"holds \"{type}\". Known: {string.Join(", ", WebhookTypes.All)}.");
        reader.RefuseUnknown();
        return settings;
    }
}
