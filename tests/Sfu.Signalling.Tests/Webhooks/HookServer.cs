using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sfu.Signalling.Tests.Webhooks;

/// <summary>Somebody else's backend: a real HTTP server that takes webhooks, or does not.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    /// <summary>Only a test that fails waits so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly Channel<ReceivedHook> _received = Channel.CreateUnbounded<ReceivedHook>();

    private HookServer(WebApplication app) => _app = app;

    /// <summary>The status of the answer.</summary>
    public Func<ReceivedHook, Task<int>> Answer { get; set; } = _ => Task.FromResult(StatusCodes.Status204NoContent);

    public required string Url { get; init; }

    public static async Task<HookServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        HookServer? server = null;
        app.MapPost("/hooks", context => server!.HandleAsync(context));
        await app.StartAsync();
        return server = new HookServer(app) { Url = $"{app.Urls.First()}/hooks" };
    }

    /// <summary>The next request, whatever was answered.</summary>
    public async Task<ReceivedHook> NextAsync()
    {
        using var guard = new CancellationTokenSource(Patience);
        return await _received.Reader.ReadAsync(guard.Token);
    }

    /// <summary>The next request of this type; others are passed over.</summary>
    public async Task<ReceivedHook> NextAsync(string type)
    {
        while (true)
        {
            ReceivedHook hook = await NextAsync();
            if (hook.Type == type)
                return hook;
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        IHeaderDictionary headers = context.Request.Headers;
        var hook = new ReceivedHook(headers["Sfu-Event-Id"]!, headers["Sfu-Event-Type"]!, headers["Sfu-Signature"]!, headers["Sfu-Key-Id"]!, body);
        Assert.Equal("application/json", context.Request.ContentType);
        int status = await Answer(hook);
        _received.Writer.TryWrite(hook);
        context.Response.StatusCode = status;
    }
}
