using System.Net.Http.Headers;
using Microsoft.IdentityModel.Tokens;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Webhooks;

/// <summary>One try: a signed POST and its answer.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class WebhookClient : IDisposable
{
    public const string EventIdHeader = "Sfu-Event-Id";
    public const string EventTypeHeader = "Sfu-Event-Type";
    public const string KeyHeader = "Sfu-Key-Id";

    private readonly WebhookSettings _settings;
    private readonly KeyRing _keys;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookClient(WebhookSettings settings, KeyRing keys, TimeProvider time, HttpMessageHandler? handler = null)
    {
        _settings = settings;
        _keys = keys;
        _time = time;
        // A redirect would carry what was said in a room to somewhere that nobody configured.
        _http = new HttpClient(handler ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = settings.Requests,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <returns>Null when the receiver took it, else what was wrong, for the log.</returns>
    public async Task<string?> SendAsync(WebhookEvent noted, CancellationToken cut)
    {
        // Each time anew: keys may change while an event waits.
        if (!_keys.TryFind(_settings.Key, out SymmetricSecurityKey? key))
            return $"there is no key {_settings.Key}";

        using var patience = new CancellationTokenSource(_settings.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cut);
        using HttpRequestMessage request = CreateRequest(noted, key!);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode ? null : $"it answers {(int)response.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return patience.IsCancellationRequested ? "it does not answer in time" : "the server stops";
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage CreateRequest(WebhookEvent noted, SymmetricSecurityKey key)
    {
        byte[] body = WebhookJson.Encode(noted);
        var request = new HttpRequestMessage(HttpMethod.Post, _settings.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Sign(key.Key, _time.GetUtcNow(), body));
        request.Headers.Add(EventIdHeader, noted.Id);
        request.Headers.Add(EventTypeHeader, noted.Type);
        request.Headers.Add(KeyHeader, _settings.Key);
        return request;
    }
}
