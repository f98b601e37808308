namespace Sfu.Losses;

/// <summary>What the listeners of a room on one worker reported of each slot in the last seconds.</summary>
/// <remarks>One worker's thread. O(1) for a report and no allocation after construction.</remarks>
internal sealed class ListenerLosses
{
    /// <summary>How often it is told to the home worker, and how old a step of the window is.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>In <see cref="Interval"/>s: browsers report on audio every 5 s or so.</summary>
    public const int Window = 5;

    private readonly LossHistogram[][] _bySecond;
    private readonly LossHistogram _sum = new();
    private int _now;

    /// <summary>How many intervals ago something was counted; beyond the window there is nothing left to tell.</summary>
    private int _silence = Window;

    public ListenerLosses(int slots)
    {
        Slots = slots;
        _bySecond = new LossHistogram[Window][];
        for (int i = 0; i < Window; i++)
        {
            _bySecond[i] = new LossHistogram[slots];
            for (int slot = 0; slot < slots; slot++)
                _bySecond[i][slot] = new LossHistogram();
        }
    }

    public int Slots { get; }

    /// <summary>Bytes of <see cref="Write"/>.</summary>
    public int Length => Slots * LossHistogram.Length;

    /// <summary>False when nothing was reported within the window.</summary>
    public bool HasReports => _silence < Window;

    /// <param name="fraction">Lost, in 1/256.</param>
    public void Count(int slot, byte fraction)
    {
        _bySecond[_now][slot].Add(fraction);
        _silence = 0;
    }

    /// <summary>Writes one histogram for each slot, over the window.</summary>
    public void Write(Span<byte> destination)
    {
        for (int slot = 0; slot < Slots; slot++)
        {
            _sum.Clear();
            foreach (LossHistogram[] second in _bySecond)
                _sum.Add(second[slot]);
            _sum.Write(destination.Slice(slot * LossHistogram.Length, LossHistogram.Length));
        }
    }

    /// <summary>An interval is over: what was reported first is forgotten.</summary>
    public void Turn()
    {
        _silence++;
        _now = (_now + 1) % Window;
        foreach (LossHistogram slot in _bySecond[_now])
            slot.Clear();
    }
}
