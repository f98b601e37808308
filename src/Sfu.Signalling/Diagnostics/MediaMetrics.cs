using Prometheus;
using Sfu.Diagnostics;

namespace Sfu.Signalling.Diagnostics;

/// <summary>Copies what clients report, and what is done about what they lose, at each scrape.</summary>
internal sealed class MediaMetrics(MetricFactory metrics)
{
    private readonly Counter _reportBlocks = metrics.CreateCounter("sfu_report_blocks_total", "RTCP report blocks from clients.", "worker");
    private readonly Counter _lostFractions = metrics.CreateCounter("sfu_reported_loss_total", "Sum of the loss fractions, 0 to 1 each, in those blocks.", "worker");
    private readonly Counter _nackedPackets = metrics.CreateCounter("sfu_nacked_packets_total", "Packets that clients asked for again.", "worker");
    private readonly Counter _retransmittedPackets = metrics.CreateCounter("sfu_retransmitted_packets_total", "Packets that were sent again; refusals are in sfu_dropped_total.", "worker");
    private readonly Gauge _redListeners = metrics.CreateGauge("sfu_red_listeners", "Listeners that are sent RED, since their lines lose.", "worker");
    private readonly Counter _redSwitches = metrics.CreateCounter("sfu_red_switches_total", "Moves of a listener to RED or back.", "worker");
    private readonly Counter _askedPackets = metrics.CreateCounter("sfu_asked_packets_total", "Packets that publishers were asked for again.", "worker");
    private readonly Counter _recoveredPackets = metrics.CreateCounter("sfu_recovered_packets_total", "Packets of publishers that a later one brought (RED).", "worker");
    private readonly Counter _answeredPackets = metrics.CreateCounter("sfu_answered_packets_total", "Packets that publishers sent again when they were asked.", "worker");

    /// <param name="label">The worker's.</param>
    public void Read(MediaCounters media, string label)
    {
        _reportBlocks.WithLabels(label).IncTo(media.ReportBlocks);
        _lostFractions.WithLabels(label).IncTo(media.LostFractions);
        _nackedPackets.WithLabels(label).IncTo(media.NackedPackets);
        _retransmittedPackets.WithLabels(label).IncTo(media.RetransmittedPackets);
        _redListeners.WithLabels(label).Set(media.RedListeners);
        _redSwitches.WithLabels(label).IncTo(media.RedSwitches);
        _askedPackets.WithLabels(label).IncTo(media.AskedPackets);
        _recoveredPackets.WithLabels(label).IncTo(media.RecoveredPackets);
        _answeredPackets.WithLabels(label).IncTo(media.AnsweredPackets);
    }
}
