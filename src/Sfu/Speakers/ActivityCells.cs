using System.Numerics;
using Sfu.Time;

namespace Sfu.Speakers;

/// <summary>Where somebody was active in the last 1.28 s, in cells of 20 ms, whatever the packets' length.</summary>
/// <remarks>
/// Packets count by what they play, so that those that the network bunches up are not taken for one; what is missing for longer than
/// networks jitter, as with DTX, is silence.
/// </remarks>
internal struct ActivityCells
{
    private const int HalfCell = 480;
    private const long MicrosecondsPerHalfCell = 10_000;
    private const int HalfCells = 128;
    private const ulong HalfSecond = (1UL << 25) - 1;

    /// <summary>Microseconds by which packets may be late before silence is assumed.</summary>
    private const long Tolerance = 60_000;

    /// <summary>The sender's clock is followed by this share of the difference with each packet; drift is far slower.</summary>
    private const long Slew = 16;

    private int _owed;
    private bool _inCell;

    /// <summary>Cells are known until then.</summary>
    private long _until;

    /// <summary>Bit 0 is the newest cell.</summary>
    public ulong Bits { get; private set; }

    /// <param name="duration">Samples of 48 kHz.</param>
    /// <param name="now">When the packet arrived, which is when its audio ends.</param>
    public void Add(bool active, int duration, Instant now)
    {
        long length = duration * MicrosecondsPerHalfCell / HalfCell;
        long start = now.Microseconds - length;
        if (start - _until > Tolerance)
            Silence(start);
        long end = _until + length;
        _until = Math.Min(end + (now.Microseconds - end) / Slew, now.Microseconds + Tolerance);

        for (_owed += duration; _owed >= HalfCell; _owed -= HalfCell)
        {
            if (!_inCell)
                Bits <<= 1;
            if (active)
                Bits |= 1;
            _inCell = !_inCell;
        }
    }

    /// <summary>Somebody from whom nothing comes is silent.</summary>
    public void Elapse(Instant now)
    {
        if (now.Microseconds - _until > 2 * Tolerance)
            Silence(now.Microseconds - Tolerance);
    }

    /// <summary>How many of the newest cells are active.</summary>
    /// <param name="cells">1..64.</param>
    public readonly int Active(int cells) => BitOperations.PopCount(Bits << (64 - cells));

    /// <summary>How many cells of a block of five are active.</summary>
    /// <param name="block">0 is the newest, 0..11.</param>
    public readonly int Block(int block) => BitOperations.PopCount(Bits >> (block * 5) & 0x1F);

    /// <summary>True when the newest cells are active without exception.</summary>
    /// <param name="cells">1..63.</param>
    public readonly bool Row(int cells) => BitOperations.TrailingZeroCount(~Bits) >= cells;

    /// <summary>True when there were so many active cells in a row lately, in the last half second.</summary>
    /// <param name="cells">1..25.</param>
    public readonly bool HadRow(int cells)
    {
        ulong starts = Bits & HalfSecond;
        for (int i = 1; i < cells; i++)
            starts &= Bits >> i;
        return starts != 0;
    }

    private void Silence(long until)
    {
        long halves = (until - _until) / MicrosecondsPerHalfCell;
        Bits = halves >= HalfCells ? 0 : Bits << (int)(halves / 2);
        _inCell = false;
        _until = until;
    }
}
