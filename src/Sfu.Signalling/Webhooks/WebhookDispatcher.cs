using Sfu.Node;
using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Webhooks;

/// <summary>Hears what happens in all rooms and notes it down for every receiver.</summary>
internal sealed class WebhookDispatcher : IRoomWatcher, IAsyncDisposable
{
    private readonly SfuNode _node;
    private readonly TimeProvider _time;
    private readonly WebhookReceiver[] _receivers;

    public WebhookDispatcher(
        SfuNode node, ServerSettings settings, KeyRing keys, WebhookMetrics metrics, TimeProvider time, ILogger<WebhookDispatcher> log)
    {
        _node = node;
        _time = time;
        _receivers = [.. settings.Webhooks.Select(w => new WebhookReceiver(w, new WebhookClient(w, keys, time), metrics, time, log))];
        foreach (WebhookSettings webhook in settings.Webhooks)
            metrics.Show(webhook.Name);
    }

    /// <summary>Before rooms are opened.</summary>
    public void Start()
    {
        if (_receivers.Length > 0)
            _node.Watch(this);
    }

    public void OnRoomEvent(string roomId, string room, RoomEvent roomEvent)
    {
        if (WebhookTypes.Of(roomEvent) is not { } type)
            return;
        var noted = new WebhookEvent(roomId, room, type, _time.GetUtcNow(), roomEvent);
        foreach (WebhookReceiver receiver in _receivers)
            receiver.Post(noted);
    }

    /// <summary>After the node, so that receivers hear of the end of its rooms.</summary>
    /// <param name="patience">For all together.</param>
    public async Task StopAsync(TimeSpan patience)
    {
        _node.Unwatch(this);
        await Task.WhenAll(_receivers.Select(receiver => receiver.StopAsync(patience)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (WebhookReceiver receiver in _receivers)
            await receiver.DisposeAsync();
    }
}
