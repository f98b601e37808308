using Sfu.Diagnostics;

namespace Sfu.Peers;

/// <summary>Which of a stream's latest packets have come, in a datagram of their own or inside a later one, and their RTP timestamps.</summary>
/// <remarks>It is what makes sure that an index is handed on once. Indices are those of SRTP (RFC 3711 3.3.1). 336 bytes.</remarks>
internal sealed class ArrivedPackets
{
    /// <summary>As many as a slot tells apart; what is older has been concealed long ago. A power of two.</summary>
    public const int Window = 64;

    private readonly uint[] _timestamps = new uint[Window];

    /// <summary>Bit n is set when index <see cref="Highest"/> - n has come.</summary>
    private ulong _arrived;
    private long _first;

    /// <summary>-1 before the first packet.</summary>
    public long Highest { get; private set; } = -1;

    /// <summary>Takes note of a packet that came in its own datagram.</summary>
    /// <returns>
    /// <see cref="DropReason.RtpRecovered"/> when a later datagram has brought it already, <see cref="DropReason.Late"/> when it is
    /// too old to tell.
    /// </returns>
    public DropReason Take(long index, uint timestamp)
    {
        if (Highest < 0)
            _first = index;
        long ahead = index - Highest;
        if (ahead <= -Window)
            return DropReason.Late;
        if (ahead <= 0 && HasCome(index))
            return DropReason.RtpRecovered;

        if (ahead > 0)
        {
            _arrived = ahead < Window ? _arrived << (int)ahead : 0;
            Highest = index;
        }

        _first = Math.Min(_first, index);
        Mark(index, timestamp);
        return DropReason.None;
    }

    /// <summary>Takes note of a packet that a later one carried.</summary>
    /// <returns>False when it is not missing, or when the timestamp shows that it is another packet: numbers count what was sent, and RED what was encoded.</returns>
    public bool TryRecover(long index, uint timestamp)
    {
        if (!IsMissing(index) || !FitsBetweenNeighbours(index, timestamp))
            return false;
        Mark(index, timestamp);
        return true;
    }

    /// <summary>True for an index between the first one and the highest that has not come and still could.</summary>
    public bool IsMissing(long index) => index > _first && index < Highest && Highest - index < Window && !HasCome(index);

    private bool HasCome(long index) => (_arrived >> (int)(Highest - index) & 1) != 0;

    private void Mark(long index, uint timestamp)
    {
        _arrived |= 1UL << (int)(Highest - index);
        _timestamps[(int)index & (Window - 1)] = timestamp;
    }

    private bool FitsBetweenNeighbours(long index, uint timestamp)
    {
        long before = index - 1;
        while (before > Highest - Window && !HasCome(before))
            before--;
        if (before > Highest - Window && (int)(timestamp - TimestampOf(before)) <= 0)
            return false;

        long after = index + 1;
        while (!HasCome(after))
            after++;
        return (int)(TimestampOf(after) - timestamp) > 0;
    }

    private uint TimestampOf(long index) => _timestamps[(int)index & (Window - 1)];
}
