using System.Runtime.CompilerServices;
using Sfu.Diagnostics;
using Sfu.Rtp;
using Sfu.Time;

namespace Sfu.Slots;

/// <summary>One of the streams that a room's audience hears; speakers ride in it by turns.</summary>
/// <remarks>
/// On the home worker. A stint is one speaker's ride: the slot's index is the publisher's index plus an offset, so that what was
/// lost on the way up stays visible as loss and a reordered packet keeps its place, and the timestamp is the publisher's plus
/// another offset. A new stint goes on with the next index; its time is projected from the clock. One index is given out once.
/// </remarks>
/// <param name="number">0..<see cref="MediaConstants.MaxSlots"/> - 1.</param>
/// <param name="firstIndex">Of the first packet.</param>
/// <param name="firstTimestamp">Of the first packet.</param>
internal sealed class Slot(int number, long firstIndex = 0, uint firstTimestamp = 0)
{
    /// <summary>A publisher's index that moves further than this within a stint has been reset, not lost: one minute of 20 ms packets.</summary>
    public const int MaxIndexJump = 3_000;

    /// <summary>Samples by which a publisher's clock may leave ours from one packet to the next (5 s: a stalled uplink); else it has been reset.</summary>
    public const int MaxTimeJump = 5 * MediaConstants.ClockRate;

    /// <summary>How many indices are remembered to tell a late packet from a duplicate: the bits of <see cref="_seen"/>.</summary>
    private const int Window = 64;

    private bool _started;
    private bool _riding;
    private bool _splice;
    private uint _csrc;
    private uint _ssrc;
    private long _offset;
    private long _floor;
    private long _highest = firstIndex - 1;

    /// <summary>Bit n is set when index <see cref="_highest"/> - n has been given out.</summary>
    private ulong _seen;

    private uint _timestampOffset;

    // Of the packet with the highest index.
    private uint _timestamp = firstTimestamp;
    private Instant _arrival;
    private int _duration;

    /// <summary>The index of the newest packet; one below the first index before there is one.</summary>
    public long Highest => _highest;

    /// <summary>Places a packet on the slot's sequence and timeline; another speaker, SSRC or a jump starts a new stint.</summary>
    /// <param name="packet">With a payload.</param>
    /// <param name="level">What the audience is told.</param>
    /// <param name="header">Set when the result is <see cref="DropReason.None"/>.</param>
    /// <returns><see cref="DropReason.Late"/> for duplicates and for packets from before the stint.</returns>
    public DropReason Place(uint csrc, in SpeakerPacket packet, AudioLevel level, Instant now, out SlotPacketHeader header)
    {
        bool starts = !GoesOn(csrc, packet, now);
        if (starts)
            StartStint(csrc, packet, now);

        long index = packet.Index + _offset;
        uint timestamp = packet.Timestamp + _timestampOffset;
        if (index > _highest)
        {
            if (_splice)
                index = Splice(packet);
            Advance(index, timestamp, packet.Payload, now);
        }
        else if (!IsNews(index))
        {
            Unsafe.SkipInit(out header);
            return DropReason.Late;
        }

        header = new SlotPacketHeader(number, index, timestamp, csrc, packet.Marker || starts, level, now);
        return DropReason.None;
    }

    /// <summary>
    /// Tells of a packet of the rider's that is not forwarded though it takes a number in the publisher's sequence, such as one of
    /// padding only: the audience's sequence closes over it.
    /// </summary>
    public void Skip(uint csrc, in SpeakerPacket packet)
    {
        if (_riding && csrc == _csrc && packet.Ssrc == _ssrc && packet.Index + _offset > _highest)
            _splice = true;
    }

    /// <summary>The rider has been silenced or has left; who comes next starts a stint, the same speaker too.</summary>
    public void EndStint() => _riding = false;

    private bool GoesOn(uint csrc, in SpeakerPacket packet, Instant now)
    {
        if (!_riding || csrc != _csrc || packet.Ssrc != _ssrc)
            return false;

        long ahead = packet.Index + _offset - _highest;
        if (Math.Abs(ahead) > MaxIndexJump)
            return false;

        if (ahead <= 0)
            return true;

        int step = (int)(packet.Timestamp + _timestampOffset - _timestamp);
        return step >= 0 && Math.Abs(step - MediaTime.SamplesBetween(_arrival, now)) <= MaxTimeJump;
    }

    private void StartStint(uint csrc, in SpeakerPacket packet, Instant now)
    {
        uint timestamp = _timestamp;
        if (_started)
            timestamp += (uint)Math.Max(MediaTime.SamplesBetween(_arrival, now), _duration);

        _started = true;
        _riding = true;
        _splice = false;
        _csrc = csrc;
        _ssrc = packet.Ssrc;
        _floor = _highest + 1;
        _offset = _floor - packet.Index;
        _timestampOffset = timestamp - packet.Timestamp;
    }

    /// <summary>Makes the packet the next one. What comes late from the gap is below the floor then: its index is this packet's.</summary>
    private long Splice(in SpeakerPacket packet)
    {
        _splice = false;
        _floor = _highest + 1;
        _offset = _floor - packet.Index;
        return _floor;
    }

    private void Advance(long index, uint timestamp, ReadOnlySpan<byte> payload, Instant now)
    {
        long ahead = index - _highest;
        _seen = ahead < Window ? _seen << (int)ahead | 1 : 1;
        _highest = index;
        _timestamp = timestamp;
        _arrival = now;
        _duration = OpusDuration.Of(payload);
    }

    private bool IsNews(long index)
    {
        long behind = _highest - index;
        if (index < _floor || behind >= Window)
            return false;

        ulong bit = 1UL << (int)behind;
        if ((_seen & bit) != 0)
            return false;

        _seen |= bit;
        return true;
    }
}
