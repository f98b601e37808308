using System.Text.Json.Serialization;

namespace Sfu.Signalling.DevPage;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(RoomSummary))]
[JsonSerializable(typeof(RoomSummary[]))]
internal sealed partial class DevJson : JsonSerializerContext;
