using Prometheus;
using Sfu.Sdp;
using Sfu.Signalling.Limits;

namespace Sfu.Signalling.Diagnostics;

/// <summary>What signalling counts, in a registry of its own: several servers in one process do not mix.</summary>
internal sealed class SignallingMetrics
{
    private readonly Gauge _connections;
    private readonly Counter _messages;
    private readonly Counter _joins;
    private readonly Counter _errors;
    private readonly Counter _overflows;
    private readonly Counter _calls;
    private readonly Counter _limited;
    private readonly Gauge _whipSessions;

    public SignallingMetrics()
    {
        MetricFactory metrics = Metrics.WithCustomRegistry(Registry);
        _connections = metrics.CreateGauge("sfu_signalling_connections", "WebSockets that are open.");
        _messages = metrics.CreateCounter("sfu_signalling_messages_received_total", "Messages from clients, good and bad.");
        _joins = metrics.CreateCounter("sfu_signalling_joins_total", "Tries to join or to resume, by outcome: joined, resumed or an error code.", "outcome");
        _errors = metrics.CreateCounter("sfu_signalling_errors_total", "Errors that clients were told, by code.", "code");
        _overflows = metrics.CreateCounter("sfu_signalling_outbox_overflows_total", "Clients that were closed because they read too slowly.");
        _calls = metrics.CreateCounter("sfu_grpc_calls_total", "Calls of the control plane that ended, by method and status.", "method", "status");
        _limited = metrics.CreateCounter(
            "sfu_signalling_rate_limited_total", "What was refused because it came too often, by action (join, message, hand, call) and subject (address, identity).", "action", "subject");
        _whipSessions = metrics.CreateGauge("sfu_whip_sessions", "Sessions of clients that speak WHIP to publish, or WHEP to listen.", "protocol");
    }

    public CollectorRegistry Registry { get; } = Metrics.NewCustomRegistry();

    public void Connected() => _connections.Inc();

    public void Disconnected() => _connections.Dec();

    public void MessageReceived() => _messages.Inc();

    public void Join(string outcome) => _joins.WithLabels(outcome).Inc();

    public void Error(string code) => _errors.WithLabels(code).Inc();

    public void Limited(LimitedAction action, string subject) => _limited.WithLabels(NameOf(action), subject).Inc();

    public void OutboxOverflowed() => _overflows.Inc();

    public void WhipSessionBegan(OfferPurpose purpose) => _whipSessions.WithLabels(NameOf(purpose)).Inc();

    public void WhipSessionEnded(OfferPurpose purpose) => _whipSessions.WithLabels(NameOf(purpose)).Dec();

    /// <param name="method">Of a service that is served: the caller chooses none.</param>
    public void Called(string method, string status) => _calls.WithLabels(method, status).Inc();

    private static string NameOf(OfferPurpose purpose) => purpose == OfferPurpose.Publish ? "whip" : "whep";

    private static string NameOf(LimitedAction action) => action switch
    {
        LimitedAction.Join => "join",
        LimitedAction.Message => "message",
        LimitedAction.Hand => "hand",
        _ => "call",
    };
}
