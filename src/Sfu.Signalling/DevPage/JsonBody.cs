using System.Text.Json;

namespace Sfu.Signalling.DevPage;

/// <summary>The body of a request for the page, which is one small JSON object.</summary>
internal static class JsonBody
{
    private const int MaxBytes = 8 * 1024;

    /// <param name="read">Gets an object; what it keeps must not hang on the element.</param>
    /// <returns>Null for what is not a JSON object.</returns>
    public static async Task<T?> ReadAsync<T>(HttpRequest request, Func<JsonElement, T> read)
        where T : class
    {
        try
        {
            if (request.ContentLength is not (> 0 and <= MaxBytes))
                return null;
            using JsonDocument document = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or BadHttpRequestException)
        {
            return null;
        }
    }
}
