using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sfu.Signalling.Webhooks;

[JsonSerializable(typeof(WebhookBody))]
internal sealed partial class WebhookJson : JsonSerializerContext
{
    /// <summary>Leaves non-ASCII texts as UTF-8: nothing here is ever put into HTML by the server.</summary>
    private static readonly WebhookJson Compact = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The same bytes each time.</summary>
    public static byte[] Encode(WebhookEvent noted) => JsonSerializer.SerializeToUtf8Bytes(Webhooks.WebhookBody.Of(noted), Compact.WebhookBody);
}
