using System.Globalization;

namespace Sfu.Signalling.Options;

/// <summary>Reads one section of the configuration value by value and notes every error instead of stopping at the first.</summary>
/// <remarks>The binder of the framework throws at the first value that does not convert, and passes over misspelt names.</remarks>
internal sealed class SettingsReader(IConfigurationSection section, List<string> errors)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public List<string> Errors { get; } = errors;

    public IConfigurationSection Section => section;

    public void Fail(string key, string what) => Errors.Add($"{section.Path}:{key} {what}");

    public SettingsReader Child(string key)
    {
        _known.Add(key);
        return new SettingsReader(section.GetSection(key), Errors);
    }

    public string? Text(string key)
    {
        _known.Add(key);
        return section[key];
    }

    public int Int(string key, int fallback, int min, int max)
    {
        if (Text(key) is not { } text)
            return fallback;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max)
            return value;
        Fail(key, $"must be a whole number from {min} to {max}, not \"{text}\".");
        return fallback;
    }

    public bool Bool(string key, bool fallback)
    {
        if (Text(key) is not { } text)
            return fallback;
        if (bool.TryParse(text, out bool value))
            return value;
        Fail(key, $"must be true or false, not \"{text}\".");
        return fallback;
    }

    /// <summary>Such as <c>15s</c>, <c>500ms</c>, <c>2m</c> or <c>00:00:15</c>.</summary>
    public TimeSpan Duration(string key, TimeSpan fallback, TimeSpan min, TimeSpan max)
    {
        if (Text(key) is not { } text)
            return fallback;
        if (DurationText.TryParse(text, out TimeSpan value) && value >= min && value <= max)
            return value;
        Fail(key, $"must be a time from {DurationText.Format(min)} to {DurationText.Format(max)} such as 15s, 500ms or 00:00:15, not \"{text}\".");
        return fallback;
    }

    /// <summary>An array (<c>Key:0</c>, <c>Key:1</c>) or one value with commas.</summary>
    public IReadOnlyList<string> List(string key)
    {
        _known.Add(key);
        IConfigurationSection list = section.GetSection(key);
        if (list.Value is { } joined)
            return joined.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. list.GetChildren().Select(child => child.Value ?? "")];
    }

    /// <summary>The last call: a name that nobody asked for is an error, because it is most likely misspelt.</summary>
    public void RefuseUnknown()
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (!_known.Contains(child.Key))
                Fail(child.Key, $"is not a setting. Known here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
        }
    }
}
