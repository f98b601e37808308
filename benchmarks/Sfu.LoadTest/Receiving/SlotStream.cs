namespace Sfu.LoadTest.Receiving;

/// <summary>The last packets of one slot of one room, as one receive thread has seen them; found by their RTP timestamp.</summary>
internal sealed class SlotStream
{
    /// <summary>Some 20 s of 20 ms packets.</summary>
    private const int Capacity = 1_024;

    /// <summary>RTP timestamps of packets that follow each other are at least this far apart.</summary>
    public const uint PacketDuration = 960;

    private readonly SlotEntry[] _entries = new SlotEntry[Capacity];

    /// <summary>The highest ordinal so far; -1 before there is one.</summary>
    public long Last { get; private set; } = -1;

    public long FirstMeasured { get; private set; } = -1;

    public long LastMeasured { get; private set; } = -1;

    /// <summary>Packets in the measured time, by ordinals.</summary>
    public long MeasuredSpan => FirstMeasured < 0 ? 0 : LastMeasured - FirstMeasured + 1;

    /// <summary>Where a packet of this timestamp is, or is to be written.</summary>
    public ref SlotEntry Find(uint timestamp) => ref _entries[timestamp / PacketDuration % Capacity];

    public void Added(in SlotEntry entry)
    {
        Last = Math.Max(Last, entry.Ordinal);
        if (entry.Phase != Phase.Measured)
            return;
        FirstMeasured = FirstMeasured < 0 ? entry.Ordinal : Math.Min(FirstMeasured, entry.Ordinal);
        LastMeasured = Math.Max(LastMeasured, entry.Ordinal);
    }
}
