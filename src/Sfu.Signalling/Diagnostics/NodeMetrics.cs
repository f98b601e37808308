using System.Globalization;
using Prometheus;
using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.Node;
using Sfu.Workers;

namespace Sfu.Signalling.Diagnostics;

/// <summary>Copies the node's counters at each scrape; nothing of it is touched on the packet path.</summary>
internal sealed class NodeMetrics
{
    private static readonly string[] ReasonLabels = [.. Enum.GetValues<DropReason>().Select(reason => SnakeCase(reason.ToString()))];

    private readonly Gauge _rooms;
    private readonly Gauge _sessions;
    private readonly Gauge _handshakes;
    private readonly Gauge _workerSessions;
    private readonly Counter _turns;
    private readonly Counter _faults;
    private readonly Counter _allocatedBytes;
    private readonly Counter _drops;
    private readonly Counter _datagrams;
    private readonly Counter _bytes;
    private readonly Counter _systemCalls;
    private readonly Counter _receiveErrors;
    private readonly Counter _messages;
    private readonly Counter _segmentedMessages;
    private readonly Counter _segmentationFallbacks;
    private readonly MediaMetrics _media;
    private readonly TcpMetrics _tcp;

    private NodeMetrics(MetricFactory metrics)
    {
        _rooms = metrics.CreateGauge("sfu_rooms", "Rooms with somebody in them.");
        _sessions = metrics.CreateGauge("sfu_sessions", "People in rooms.");
        _handshakes = metrics.CreateGauge("sfu_handshakes", "DTLS handshakes under way.");
        _workerSessions = metrics.CreateGauge("sfu_worker_sessions", "Sessions whose media a worker carries.", "worker");
        _turns = metrics.CreateCounter("sfu_worker_turns_total", "Turns of a worker's loop.", "worker");
        _faults = metrics.CreateCounter("sfu_worker_faults_total", "Turns that ended in an exception; each is a defect.", "worker");
        _allocatedBytes = metrics.CreateCounter("sfu_worker_allocated_bytes_total", "Bytes that a worker's thread allocated on the managed heap: joins do, forwarding does not.", "worker");
        _drops = metrics.CreateCounter("sfu_dropped_total", "Datagrams and packets that went nowhere. The handshake threads stand beside the workers.", "worker", "reason");
        _datagrams = metrics.CreateCounter("sfu_datagrams_total", "UDP datagrams.", "worker", "direction");
        _bytes = metrics.CreateCounter("sfu_bytes_total", "UDP payload bytes.", "worker", "direction");
        _systemCalls = metrics.CreateCounter("sfu_system_calls_total", "Calls of recvmmsg and sendmmsg.", "worker", "direction");
        _receiveErrors = metrics.CreateCounter("sfu_receive_errors_total", "Errors of recvmmsg.", "worker");
        _messages = metrics.CreateCounter("sfu_messages_sent_total", "Messages that the kernel took; one carries one datagram or several segments.", "worker");
        _segmentedMessages = metrics.CreateCounter("sfu_segmented_messages_sent_total", "Messages that the kernel cut into several datagrams.", "worker");
        _segmentationFallbacks = metrics.CreateCounter("sfu_segmentation_fallbacks_total", "Messages that the kernel refused to cut.", "worker");
        _media = new MediaMetrics(metrics);
        _tcp = new TcpMetrics(metrics);
    }

    public static void Collect(CollectorRegistry registry, SfuNode node)
    {
        var metrics = new NodeMetrics(Metrics.WithCustomRegistry(registry));
        registry.AddBeforeCollectCallback(() => metrics.Read(node.Snapshot()));
    }

    private void Read(NodeSnapshot node)
    {
        _rooms.Set(node.Rooms);
        _sessions.Set(node.Sessions);
        _handshakes.Set(node.Handshakes);
        _tcp.Read(node);
        for (int thread = 0; thread < node.HandshakeDrops.Count; thread++)
            ReadDrops(node.HandshakeDrops[thread], string.Create(CultureInfo.InvariantCulture, $"handshakes-{thread}"));
        foreach (WorkerSnapshot worker in node.Workers)
            Read(worker, worker.Index.ToString(CultureInfo.InvariantCulture));
    }

    private void Read(WorkerSnapshot worker, string label)
    {
        _workerSessions.WithLabels(label).Set(worker.Sessions);
        _turns.WithLabels(label).IncTo(worker.Turns);
        _faults.WithLabels(label).IncTo(worker.Faults);
        _allocatedBytes.WithLabels(label).IncTo(worker.AllocatedBytes);
        ReadDrops(worker.Drops, label);
        ReadSockets(worker.Sockets, label);
        _media.Read(worker.Media, label);
    }

    private void ReadDrops(DropCounters drops, string label)
    {
        for (DropReason reason = DropReason.None + 1; reason < DropReason.Count; reason++)
            _drops.WithLabels(label, ReasonLabels[(int)reason]).IncTo(drops[reason]);
    }

    private void ReadSockets(SocketCounters sockets, string label)
    {
        _datagrams.WithLabels(label, "in").IncTo(sockets.DatagramsReceived);
        _datagrams.WithLabels(label, "out").IncTo(sockets.DatagramsSent);
        _bytes.WithLabels(label, "in").IncTo(sockets.BytesReceived);
        _bytes.WithLabels(label, "out").IncTo(sockets.BytesSent);
        _systemCalls.WithLabels(label, "in").IncTo(sockets.ReceiveCalls);
        _systemCalls.WithLabels(label, "out").IncTo(sockets.SendCalls);
        _receiveErrors.WithLabels(label).IncTo(sockets.ReceiveErrors);
        _messages.WithLabels(label).IncTo(sockets.MessagesSent);
        _segmentedMessages.WithLabels(label).IncTo(sockets.SegmentedMessages);
        _segmentationFallbacks.WithLabels(label).IncTo(sockets.SegmentationFallbacks);
    }

    /// <summary><c>StunBadIntegrity</c> is <c>stun_bad_integrity</c>.</summary>
    internal static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
