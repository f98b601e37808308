using Sfu.LoadTest.Receiving;

namespace Sfu.LoadTest.Engine;

/// <summary>Counts of all receive threads at one moment, a little old.</summary>
/// <param name="Missing">Gaps in sequence numbers so far, ramp and measured time together.</param>
internal readonly record struct RunTotals(int Connected, long Received, long Missing, long MeasuredMissing)
{
    public static readonly RunTotals Zero;

    public static RunTotals Of(Fleet fleet, Joins joins)
    {
        long received = 0;
        long missing = 0;
        long measuredMissing = 0;
        foreach (ReceiveThread thread in fleet.Threads)
        {
            received += thread.Meter.Ramp.Received + thread.Meter.Measured.Received;
            missing += thread.Meter.Ramp.Missing + thread.Meter.Measured.Missing;
            measuredMissing += thread.Meter.Measured.Missing;
        }

        return new RunTotals(joins.Connected, received, missing, measuredMissing);
    }
}
