using Sfu.Signalling.Diagnostics;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Webhooks;

/// <summary>Brings events to one receiver: several rooms at a time, each in order, again when it fails.</summary>
/// <remarks>Thread-safe. <see cref="Post"/> waits for nothing; what waits is bounded.</remarks>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebhookSettings _settings;
    private readonly WebhookClient _client;
    private readonly WebhookMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly DeliveryQueue _queue;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _cut = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;
    private bool _fails;
    private bool _stopping;
    private bool _ended;

    public WebhookReceiver(WebhookSettings settings, WebhookClient client, WebhookMetrics metrics, TimeProvider time, ILogger log)
    {
        _settings = settings;
        _client = client;
        _metrics = metrics;
        _time = time;
        _log = log;
        _queue = new DeliveryQueue(settings, Random.Shared.NextDouble);
        _timer = time.CreateTimer(static self => ((WebhookReceiver)self!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private string Name => _settings.Name;

    public void Post(WebhookEvent noted)
    {
        if (_settings.Events.Count > 0 && !_settings.Events.Contains(noted.Type))
            return;

        lock (_gate)
        {
            if (_stopping)
                return;
            _metrics.Dropped(Name, WebhookMetrics.QueueFull, _queue.Add(noted, _time.GetUtcNow()));
            StartWhatIsDue();
        }
    }

    /// <summary>Takes nothing more, sends what waits while it may, and drops the rest.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        lock (_gate)
        {
            _stopping = true;
            EndWhenIdle();
        }

        try
        {
            await _idle.Task.WaitAsync(patience, _time);
        }
        catch (TimeoutException)
        {
            // The rest is lost with the rooms that it tells of.
        }

        lock (_gate)
        {
            _ended = true;
            _metrics.Dropped(Name, WebhookMetrics.Stopping, _queue.Count);
        }

        await _cut.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _cut.CancelAsync();
        _client.Dispose();
    }

    private void Wake()
    {
        lock (_gate)
            StartWhatIsDue();
    }

    /// <summary>Under the lock.</summary>
    private void StartWhatIsDue()
    {
        if (_ended)
            return;
        DateTimeOffset now = _time.GetUtcNow();
        while (_underWay < _settings.Requests && _queue.TryTake(now, out Delivery? delivery))
        {
            _underWay++;
            // Not on this thread, which may hold the lock of a room.
            _ = Task.Run(() => SendAsync(delivery));
        }

        _metrics.Waiting(Name, _queue.Count);
        if (_underWay < _settings.Requests && _queue.NextDue is { } due)
            _timer.Change(due - now, Timeout.InfiniteTimeSpan);
        EndWhenIdle();
    }

    private void EndWhenIdle()
    {
        if (_stopping && _queue.Count == 0)
            _idle.TrySetResult();
    }

    private async Task SendAsync(Delivery delivery)
    {
        string? problem;
        try
        {
            problem = await _client.SendAsync(delivery.Event, _cut.Token);
        }
        catch (Exception e)
        {
            // A fault of ours must not hold up the room's other events for ever.
            _log.WebhookFaulted(e, Name);
            problem = e.Message;
        }

        lock (_gate)
        {
            _underWay--;
            if (_ended)
                return;
            Settle(delivery, problem);
            StartWhatIsDue();
        }
    }

    private void Settle(Delivery delivery, string? problem)
    {
        DateTimeOffset now = _time.GetUtcNow();
        if (problem is null)
        {
            _queue.Delivered(delivery, now);
            _metrics.Delivered(Name);
            if (_fails)
                _log.WebhookWorksAgain(Name);
            _fails = false;
            return;
        }

        _metrics.Failed(Name);
        if (!_queue.Failed(delivery, now))
            _metrics.Dropped(Name, WebhookMetrics.GivenUp, 1);
        if (!_fails)
            _log.WebhookFails(Name, problem);
        _fails = true;
    }
}
