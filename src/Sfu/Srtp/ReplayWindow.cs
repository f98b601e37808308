using Sfu.Diagnostics;

namespace Sfu.Srtp;

/// <summary>Which of the last 128 indices of one SSRC have been received (RFC 3711 3.3.2). 24 bytes.</summary>
/// <remarks>Only an authenticated packet may be <see cref="Accept"/>ed.</remarks>
internal struct ReplayWindow
{
    public const int Length = 128;

    private const int WordLength = 64;

    // Bit n is the index Highest - n; _older continues where _newer ends.
    private ulong _newer;
    private ulong _older;

    public long Highest { get; private set; }

    /// <summary>A window that has received <paramref name="index"/> and nothing else.</summary>
    public static ReplayWindow StartingAt(long index) => new() { Highest = index, _newer = 1 };

    /// <summary><see cref="DropReason.None"/> if the index is not known to have been received.</summary>
    public readonly DropReason Check(long index)
    {
        long age = Highest - index;
        if (age < 0) return DropReason.None;
        if (age >= Length) return DropReason.SrtpTooOld;

        ulong word = age < WordLength ? _newer : _older;
        return (word >> (int)(age % WordLength) & 1) == 0 ? DropReason.None : DropReason.SrtpReplayed;
    }

    /// <summary>Marks an index that <see cref="Check"/> let pass.</summary>
    public void Accept(long index)
    {
        long age = Highest - index;
        if (age < 0)
        {
            Advance(-age);
            Highest = index;
            _newer |= 1;
        }
        else if (age < WordLength)
        {
            _newer |= 1UL << (int)age;
        }
        else
        {
            _older |= 1UL << (int)(age - WordLength);
        }
    }

    private void Advance(long steps)
    {
        if (steps >= Length)
        {
            (_older, _newer) = (0, 0);
        }
        else if (steps >= WordLength)
        {
            (_older, _newer) = (_newer << (int)(steps - WordLength), 0);
        }
        else
        {
            // steps is 1..63 here, so the right shift is by 63..1.
            int shift = (int)steps;
            (_older, _newer) = (_older << shift | _newer >> (WordLength - shift), _newer << shift);
        }
    }
}
