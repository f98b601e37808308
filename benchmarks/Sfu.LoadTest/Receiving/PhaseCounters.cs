namespace Sfu.LoadTest.Receiving;

/// <summary>Packets of one phase. One thread writes, others may read values that are a little old.</summary>
internal sealed class PhaseCounters
{
    public long Received;

    /// <summary>Gaps in sequence numbers that are not filled yet.</summary>
    public long Missing;

    public long Duplicated;

    public long OutOfOrder;

    /// <summary>Thrown away by ourselves.</summary>
    public long Injected;
}
