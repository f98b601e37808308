namespace Sfu.LoadTest.Results;

/// <param name="Segments">Packets in one message; 0 where the file does not say, which is a message for each packet.</param>
/// <param name="SenderCpuSeconds">Of the sending thread, the receive path on loopback included.</param>
public sealed record CeilingCost(int Segments, long Packets, double Seconds, double SenderCpuSeconds, double CpuMicrosecondsPerPacket, long Lost)
{
    public double PacketsPerMessage => Math.Max(1, Segments);
}
