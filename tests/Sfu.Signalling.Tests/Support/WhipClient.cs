using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Sfu.Signalling.Tests.Support;

/// <summary>HTTP as an encoder or a player speaks it.</summary>
internal sealed class WhipClient(Uri server) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = server };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TestToken Token(string identity, string role = "speaker", string room = "lobby") => TestToken.For(room, identity, role);

    /// <param name="path">Such as <c>/whip/lobby</c>.</param>
    public Task<HttpResponseMessage> PostAsync(
        string path, TestToken? token, string offer, string contentType = "application/sdp", (string Name, string Value)? header = null) =>
        SendAsync(HttpMethod.Post, path, token, offer, contentType, header);

    public Task<HttpResponseMessage> PublishAsync(string identity, string role = "speaker") =>
        PostAsync("/whip/lobby", Token(identity, role), TestSdp.Offer("sendonly"));

    public Task<HttpResponseMessage> ListenAsync(string identity, string role = "audience") =>
        PostAsync("/whep/lobby", Token(identity, role), TestSdp.Offer("recvonly"));

    /// <param name="ifMatch">Null states no condition.</param>
    public Task<HttpResponseMessage> PatchAsync(Uri session, string fragment, string? ifMatch, string contentType = "application/trickle-ice-sdpfrag") =>
        SendAsync(HttpMethod.Patch, session.ToString(), null, fragment, contentType, ifMatch is null ? null : ("If-Match", ifMatch));

    public Task<HttpResponseMessage> DeleteAsync(Uri session) => _http.DeleteAsync(session, Cancelled);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, TestToken? token, string? body, string? contentType, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.ToString());
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (header is { } one)
            request.Headers.TryAddWithoutValidation(one.Name, one.Value);
        return await _http.SendAsync(request, Cancelled);
    }

    /// <summary>What went wrong; the status within is that of the response.</summary>
    public static async Task<JsonNode> ProblemOf(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonNode problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancelled))!;
        Assert.Equal((int)response.StatusCode, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["detail"]!);
        return problem;
    }

    public static async Task<string> CodeOf(HttpResponseMessage response) => (string)(await ProblemOf(response))["code"]!;

    public void Dispose() => _http.Dispose();
}
