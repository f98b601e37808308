using System.Text;

namespace Sfu.Signalling.Tests.Support;

/// <summary>What the page posts.</summary>
internal static class DevPosts
{
    public static async Task<HttpResponseMessage> PostJsonAsync(
        this ServerUnderTest server, string path, string body, (string Name, string Value)? header = null)
    {
        using HttpClient http = server.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (header is { } h)
            request.Headers.TryAddWithoutValidation(h.Name, h.Value);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
