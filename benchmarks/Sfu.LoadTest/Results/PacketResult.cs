namespace Sfu.LoadTest.Results;

/// <summary>RTP packets from the server, of all listeners, in the measured time.</summary>
/// <param name="Sent">By the speakers of all rooms.</param>
/// <param name="Expected">By sequence numbers, up to the last packet that anybody got.</param>
/// <param name="Received">Each sequence number once.</param>
/// <param name="Lost">Expected and not received.</param>
/// <param name="OutOfOrder">Received after one with a higher sequence number.</param>
/// <param name="Injected">Of those lost, how many the tool threw away itself.</param>
/// <param name="DroppedByToolSockets">That the kernel threw away because the tool was too slow: a fault of the measurement.</param>
public sealed record PacketResult(
    long Sent,
    long Expected,
    long Received,
    long Lost,
    long Duplicated,
    long OutOfOrder,
    long Injected,
    long DroppedByToolSockets,
    double PerSecond,
    double LostShare);
