using System.Text.Json.Serialization;

namespace Sfu.Signalling.Whip;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class WhipJson : JsonSerializerContext;
