using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sfu.LoadTest.Results;

/// <summary>The JSON file of a comparison.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(ComparisonResult))]
internal sealed partial class ComparisonFile : JsonSerializerContext
{
    public static void Write(string path, ComparisonResult comparison)
    {
        using FileStream file = File.Create(path);
        JsonSerializer.Serialize(file, comparison, Default.ComparisonResult);
    }
}
