using System.Text.Json;

namespace Sfu.LoadTest.Signalling;

/// <summary>Janus's two ways to refuse: an <c>error</c> of its core, and an event whose data hold an <c>error_code</c> of the plugin's.</summary>
internal static class JanusErrors
{
    public static bool IsIn(JsonElement message) =>
        message.TryGetProperty("plugindata", out JsonElement plugin) && plugin.GetProperty("data").TryGetProperty("error_code", out _);

    public static string Of(JsonElement message) =>
        message.TryGetProperty("error", out JsonElement core) ? $"{core.GetProperty("code").GetInt32()} {core.GetProperty("reason").GetString()}"
        : IsIn(message) ? $"{message.GetProperty("plugindata").GetProperty("data").GetProperty("error_code").GetInt32()}"
        : message.GetProperty("janus").GetString() ?? "nothing";
}
