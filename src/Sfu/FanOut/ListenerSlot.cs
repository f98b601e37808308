namespace Sfu.FanOut;

/// <summary>How one listener sees one slot: sequence numbers are the slot's indices minus a base.</summary>
/// <remarks>
/// A packet that is withheld moves the base when the next one is sent, so that the listener sees a gap in time and no loss. The
/// floor keeps out packets from before: their numbers may have gone to others. So one (SSRC, index) is one packet, ever, also
/// when the listener moves to another room with the same keys.
/// </remarks>
internal struct ListenerSlot
{
    /// <summary>
    /// Of the first packet that a listener gets. Low, so that a receiver that misses the first packets still starts with rollover
    /// counter 0 (RFC 3711 3.3.1), and not 0, so that nothing before it looks like the end of an earlier cycle.
    /// </summary>
    public const int FirstSequenceNumber = 256;

    private long _base;
    private long _floor;
    private long _highest;
    private bool _closesUp;

    /// <summary>The position in the slot's history of the first packet that this listener has not been given.</summary>
    public long Cursor;

    /// <summary>RTP packets sent (RFC 3550 6.4.1).</summary>
    public uint Packets;

    /// <summary>The highest extended sequence number that the listener has reported.</summary>
    public uint ReportedSequence;

    /// <summary>Packets that were sent again since that report, each counted once: the line lost them, though the next report will not say so.</summary>
    public ushort Repaired;

    /// <summary>Payload bytes sent, without header and padding (RFC 3550 6.4.1).</summary>
    public uint Octets;

    public ListenerSlot()
    {
        _highest = FirstSequenceNumber - 1;
        ReportedSequence = FirstSequenceNumber - 1;
    }

    /// <summary>Starts at a history's live edge; numbers go on after those that were given out before.</summary>
    /// <param name="liveEdge">The position that the next packet gets.</param>
    /// <param name="highest">The highest index so far: what comes late from before it would be numbered as if all after it were lost.</param>
    public void Join(long liveEdge, long highest)
    {
        Cursor = liveEdge;
        _floor = highest + 1;
        _closesUp = true;
    }

    /// <summary>Another sequence of indices goes on here with the next number; what comes late from before the index is dropped.</summary>
    public void Splice(long index)
    {
        _floor = index;
        _closesUp = true;
    }

    /// <summary>True for a packet whose number is no longer its own.</summary>
    public readonly bool IsLate(long index) => index < _floor;

    /// <summary>Leaves a packet out.</summary>
    public void Withhold(long index)
    {
        _floor = Math.Max(_floor, index + 1);
        _closesUp = true;
    }

    /// <summary>The highest number that was given out.</summary>
    public readonly long Highest => _highest;

    /// <summary>Goes back from a sequence number to the slot's index, as long as the base has not moved since.</summary>
    /// <param name="depth">How many of the latest numbers count.</param>
    /// <param name="packetIndex">The number with its rollover counter, when the result is true.</param>
    /// <param name="index">The slot's. Whatever has it was given that number, if it was given one.</param>
    public readonly bool TryFind(ushort sequence, int depth, out long packetIndex, out long index)
    {
        packetIndex = _highest - (ushort)(_highest - sequence);
        index = packetIndex + _base;
        return !_closesUp && index >= _floor && _highest - packetIndex < depth;
    }

    /// <summary>Gives a packet its number.</summary>
    /// <param name="index">The slot's.</param>
    /// <param name="packetIndex">Rollover counter and sequence number, when the result is true.</param>
    /// <returns>False when the packet is late: its number is no longer its own.</returns>
    public bool TryNumber(long index, out long packetIndex)
    {
        packetIndex = 0;
        if (IsLate(index))
            return false;

        if (_closesUp)
        {
            _closesUp = false;
            _base = index - _highest - 1;
            _floor = index;
        }

        packetIndex = index - _base;
        _highest = Math.Max(_highest, packetIndex);
        return true;
    }
}
