using Prometheus;
using Sfu.Signalling.Diagnostics;

namespace Sfu.Signalling.Webhooks;

/// <summary>What became of events, by receiver.</summary>
internal sealed class WebhookMetrics
{
    public const string QueueFull = "queue-full";
    public const string GivenUp = "given-up";
    public const string Stopping = "stopping";

    private readonly Counter _delivered;
    private readonly Counter _failed;
    private readonly Counter _dropped;
    private readonly Gauge _waiting;

    public WebhookMetrics(SignallingMetrics signalling)
    {
        MetricFactory metrics = Metrics.WithCustomRegistry(signalling.Registry);
        _delivered = metrics.CreateCounter("sfu_webhook_delivered_total", "Events that a receiver took.", "receiver");
        _failed = metrics.CreateCounter("sfu_webhook_failed_total", "Tries that failed; an event is tried again.", "receiver");
        _dropped = metrics.CreateCounter("sfu_webhook_dropped_total", "Events that a receiver will never get, by reason: queue-full, given-up, stopping.", "receiver", "reason");
        _waiting = metrics.CreateGauge("sfu_webhook_waiting", "Events that wait, those under way included.", "receiver");
    }

    /// <summary>Shows a receiver before anything happens, so that a rate can be taken of the first event.</summary>
    public void Show(string receiver)
    {
        _delivered.WithLabels(receiver);
        _failed.WithLabels(receiver);
        foreach (string reason in (string[])[QueueFull, GivenUp, Stopping])
            _dropped.WithLabels(receiver, reason);
        _waiting.WithLabels(receiver);
    }

    public void Delivered(string receiver) => _delivered.WithLabels(receiver).Inc();

    public void Failed(string receiver) => _failed.WithLabels(receiver).Inc();

    public void Dropped(string receiver, string reason, int count) => _dropped.WithLabels(receiver, reason).Inc(count);

    public void Waiting(string receiver, int count) => _waiting.WithLabels(receiver).Set(count);
}
