using Prometheus;
using Sfu.Node;
using Sfu.Tcp;

namespace Sfu.Signalling.Diagnostics;

/// <summary>Copies the counters of ICE over TCP at each scrape; all stay 0 where it is off.</summary>
internal sealed class TcpMetrics(MetricFactory metrics)
{
    private static readonly string[] ReasonLabels = [.. Enum.GetValues<TcpCloseReason>().Select(reason => NodeMetrics.SnakeCase(reason.ToString()))];

    private readonly Gauge _connections = metrics.CreateGauge("sfu_tcp_connections", "TCP connections that are open.");
    private readonly Counter _opened = metrics.CreateCounter("sfu_tcp_opened_total", "TCP connections that were accepted.");
    private readonly Counter _closed = metrics.CreateCounter("sfu_tcp_closed_total", "TCP connections that ended, or were refused.", "reason");
    private readonly Counter _frames = metrics.CreateCounter("sfu_tcp_packets_total", "Packets over TCP.", "direction");
    private readonly Counter _dropped = metrics.CreateCounter("sfu_tcp_dropped_total", "Packets over TCP that went nowhere: in, because a worker had no room; out, because a client was too slow or has gone.", "direction");

    public void Read(NodeSnapshot node)
    {
        _connections.Set(node.TcpConnections);
        if (node.Tcp is not { } tcp)
            return;

        _opened.IncTo(tcp.Opened);
        for (TcpCloseReason reason = 0; reason < TcpCloseReason.Count; reason++)
            _closed.WithLabels(ReasonLabels[(int)reason]).IncTo(tcp.Closed(reason));
        _frames.WithLabels("in").IncTo(tcp.FramesReceived);
        _frames.WithLabels("out").IncTo(tcp.FramesSent);
        _dropped.WithLabels("in").IncTo(tcp.FramesRefused);
        _dropped.WithLabels("out").IncTo(tcp.FramesDropped);
    }
}
