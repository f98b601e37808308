namespace Sfu.LoadTest.Receiving;

/// <summary>From when to when packets count, in CLOCK_REALTIME nanoseconds of their sending. Set ahead of time; any thread reads it.</summary>
internal sealed class MeasuredTime
{
    private long _from = long.MaxValue;
    private long _until = long.MaxValue;

    public long From => Volatile.Read(ref _from);

    public long Until => Volatile.Read(ref _until);

    /// <summary>When a surge begins: after a third.</summary>
    public long SurgeFrom => From + (Until - From) / 3;

    /// <summary>When it ends: a third before the end.</summary>
    public long SurgeUntil => Until - (Until - From) / 3;

    /// <summary>Both must lie in the future, so that no packet changes its phase.</summary>
    public void Set(long from, long until)
    {
        Volatile.Write(ref _until, until);
        Volatile.Write(ref _from, from);
    }

    public Phase PhaseOf(long sentAt) => sentAt < From ? Phase.Ramp : sentAt < Until ? Phase.Measured : Phase.After;
}
