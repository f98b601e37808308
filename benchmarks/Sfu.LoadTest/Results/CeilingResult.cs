namespace Sfu.LoadTest.Results;

/// <summary>What bare C pays the kernel to send the same packets: what no server on this machine can go below.</summary>
/// <param name="Bytes">Of each datagram.</param>
/// <param name="Single">A message for each packet.</param>
/// <param name="Gso">Several packets in a message, UDP_SEGMENT.</param>
public sealed record CeilingResult(int Destinations, int Bytes, CeilingCost Single, IReadOnlyList<CeilingCost>? Gso)
{
    /// <summary>Microseconds of CPU for each packet when a message carries so many.</summary>
    /// <remarks>
    /// A message costs a fixed part and one for each packet, so the cost of a packet is linear in messages per packet: between
    /// two measured points it is interpolated so. Beyond the largest one it is not guessed, but taken as there.
    /// </remarks>
    public double CostAt(double packetsPerMessage)
    {
        CeilingCost below = Single;
        foreach (CeilingCost above in (Gso ?? []).OrderBy(c => c.PacketsPerMessage))
        {
            if (packetsPerMessage <= above.PacketsPerMessage)
                return Between(below, above, Math.Max(1, packetsPerMessage));
            below = above;
        }
        return below.CpuMicrosecondsPerPacket;
    }

    private static double Between(CeilingCost below, CeilingCost above, double packetsPerMessage)
    {
        double low = 1 / below.PacketsPerMessage, high = 1 / above.PacketsPerMessage;
        double share = low == high ? 1 : (low - 1 / packetsPerMessage) / (low - high);
        return below.CpuMicrosecondsPerPacket + share * (above.CpuMicrosecondsPerPacket - below.CpuMicrosecondsPerPacket);
    }
}
