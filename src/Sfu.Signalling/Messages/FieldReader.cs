using System.Text.Json;

namespace Sfu.Signalling.Messages;

/// <summary>Reads the fields of a JSON object in the order of the calls and keeps the first error; never throws.</summary>
internal ref struct FieldReader(JsonElement source)
{
    public ProtocolError? Error { get; private set; }

    public string String(string field, int min, int max) => OptionalString(field, min, max) ?? Missing(field, "");

    public bool Bool(string field) => OptionalBool(field) ?? Missing(field, false);

    public int Int(string field) => OptionalInt(field) ?? Missing(field, 0);

    /// <summary>The schema version comes before all other fields, which another version may have changed.</summary>
    public void Version(string field)
    {
        int version = Int(field);
        if (version != ProtocolVersion.Current)
            Fail(Errors.VersionUnsupported(ProtocolVersion.Current));
    }

    public string? OptionalString(string field, int min, int max)
    {
        if (!TryFind(field, out JsonElement value))
            return null;
        if (value.ValueKind != JsonValueKind.String || TextOf(value) is not { } text)
            return Bad<string>(field, "must be a string");
        return text.Length >= min && text.Length <= max ? text : Bad<string>(field, $"must have {min} to {max} characters");
    }

    /// <summary>As <see cref="OptionalString"/>, and no control characters.</summary>
    public string? OptionalName(string field, int min, int max)
    {
        string? text = OptionalString(field, min, max);
        return text is null || Bounds.IsName(text, min, max) ? text : Bad<string>(field, "must not have control characters");
    }

    public string Name(string field, int min, int max) => OptionalName(field, min, max) ?? Missing(field, "");

    public bool? OptionalBool(string field)
    {
        if (!TryFind(field, out JsonElement value))
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Fail(Errors.BadField(field, "must be true or false"));
        return null;
    }

    public int? OptionalInt(string field)
    {
        if (!TryFind(field, out JsonElement value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number))
            return number;
        Fail(Errors.BadField(field, "must be a whole number"));
        return null;
    }

    public string[] Strings(string field, int most, int longest)
    {
        if (!TryFind(field, out JsonElement value))
            return Missing<string[]>(field, []);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > most)
            return Bad<string[]>(field, $"must be an array of at most {most} strings") ?? [];

        var texts = new List<string>(value.GetArrayLength());
        foreach (JsonElement element in value.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.String || TextOf(element) is not { } text || text.Length > longest)
                return Bad<string[]>(field, $"must hold strings of at most {longest} characters") ?? [];
            texts.Add(text);
        }

        return [.. texts];
    }

    /// <summary>An object whose values are strings.</summary>
    public IReadOnlyDictionary<string, string>? OptionalTexts(string field, int most, int longestKey, int longestValue)
    {
        if (!TryFind(field, out JsonElement value))
            return null;
        if (value.ValueKind != JsonValueKind.Object)
            return Bad<Dictionary<string, string>>(field, "must be an object");

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String || TextOf(property.Value) is not { } text
                || property.Name.Length > longestKey || text.Length > longestValue || texts.Count == most)
            {
                Fail(Errors.BadField(field, $"must hold at most {most} strings of at most {longestValue} characters"));
                break;
            }

            texts[property.Name] = text;
        }

        return texts;
    }

    public T Choice<T>(string field, Func<string?, T?> parse)
        where T : struct => OptionalChoice(field, parse) ?? Missing(field, default(T));

    public T? OptionalChoice<T>(string field, Func<string?, T?> parse)
        where T : struct
    {
        if (OptionalString(field, 0, int.MaxValue) is not { } text)
            return null;
        T? value = parse(text);
        if (value is null)
            Fail(Errors.BadField(field, "is none of the known values"));
        return value;
    }

    /// <summary>Finite.</summary>
    public double? OptionalNumber(string field)
    {
        if (!TryFind(field, out JsonElement value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number))
            return number;
        Fail(Errors.BadField(field, "must be a number"));
        return null;
    }

    private readonly bool TryFind(string field, out JsonElement value) =>
        source.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Null for escapes that are no Unicode text, such as half a surrogate pair.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private T? Bad<T>(string field, string what)
        where T : class
    {
        Fail(Errors.BadField(field, what));
        return null;
    }

    private T Missing<T>(string field, T fallback)
    {
        Fail(Errors.MissingField(field));
        return fallback;
    }

    /// <summary>The first error stays; a field that is wrong is not also missing.</summary>
    private void Fail(ProtocolError error) => Error ??= error;
}
