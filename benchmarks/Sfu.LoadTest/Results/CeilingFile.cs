using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sfu.LoadTest.Results;

/// <summary>The JSON that the bare sender writes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CeilingResult))]
internal sealed partial class CeilingFile : JsonSerializerContext
{
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static CeilingResult Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            CeilingResult? ceiling = JsonSerializer.Deserialize(file, Default.CeilingResult);
            if (ceiling?.Single is not { CpuMicrosecondsPerPacket: > 0 })
                throw new InvalidDataException($"{path} gives no cost for single packets.");
            return ceiling;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no measured ceiling: {e.Message}", e);
        }
    }
}
