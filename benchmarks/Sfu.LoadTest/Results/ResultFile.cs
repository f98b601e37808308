using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sfu.LoadTest.Results;

/// <summary>The JSON file of a run.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = false)]
[JsonSerializable(typeof(LoadTestResult))]
internal sealed partial class ResultFile : JsonSerializerContext
{
    public static void Write(string path, LoadTestResult result)
    {
        using FileStream file = File.Create(path);
        JsonSerializer.Serialize(file, result, Default.LoadTestResult);
    }

    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static LoadTestResult Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, Default.LoadTestResult) ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no result of a load test: {e.Message}", e);
        }
    }
}
