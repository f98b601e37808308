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

    /// <summary>
    /// Samples by which a first syllable may set the timeline behind the clock (80 ms), where it was said while the slot still sent another's
    /// packets. Who takes over between two words adds a packet to that; the next silence makes up for all of it.
    /// </summary>
    public const int MostLate = 80 * MediaConstants.ClockRate / 1_000;

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
    private SlotClock _clock = new(TimeSpan.FromSeconds(4));

    /// <summary>Samples by which the packet with the highest index is behind the clock.</summary>
    private int _late;

    /// <summary>What the stint's next packet makes up for of it; if another stint begins before there is one, nothing was.</summary>
    private int _madeUp;

    /// <summary>The index of the newest packet; one below the first index before there is one.</summary>
    public long Highest => _highest;

    /// <summary>Packets that arrived earlier have no place: they would make the timeline later than <see cref="MostLate"/>.</summary>
    public Instant EarliestStart => _started ? _arrival + MediaTime.SpanOf(_duration + _late - MostLate) : default;

    /// <summary>Places a packet on the slot's sequence and timeline; another speaker, SSRC or a jump starts a new stint.</summary>
    /// <param name="packet">With a payload.</param>
    /// <param name="level">What the audience is told.</param>
    /// <param name="now">When it arrived; for packets that waited too, so that a stint's timeline is as if they had not.</param>
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
            // From before a packet that was left out: its time is that of what has gone out, or of what will.
            if (_splice && !starts && (int)(timestamp - _timestamp) < _duration)
            {
                Unsafe.SkipInit(out header);
                return DropReason.Late;
            }

            if (_splice)
                index = Splice(packet);
            else if (!starts)
                timestamp = FollowClock(index, timestamp);
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

    /// <summary>Leaves out a packet of the rider's silence where the timeline is behind the clock, and makes up for it.</summary>
    /// <returns>False when there is nothing to make up for: place the packet.</returns>
    public bool TryCatchUp(uint csrc, in SpeakerPacket packet)
    {
        if (_late <= _madeUp || !_riding || csrc != _csrc || packet.Ssrc != _ssrc || packet.Index + _offset <= _highest)
            return false;

        int step = Math.Min(_late - _madeUp, OpusDuration.Of(packet.Payload));
        _madeUp += step;
        _timestampOffset -= (uint)step;
        // What comes late from before would be placed by the new offset, on the time of what has gone out.
        _floor = _highest + 1;
        _splice = true;
        return true;
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
        {
            long due = MediaTime.SamplesBetween(_arrival, now) - _late;
            long step = Math.Max(due, _duration);
            // All of it is made up for in the next silence; a timeline never steps back.
            _late = (int)(step - due);
            timestamp += (uint)step;
        }

        _madeUp = 0;
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

    /// <summary>A publisher's clock is up to some hundred ppm off: over hours its timeline would leave ours, and the other slots', by seconds.</summary>
    private uint FollowClock(long index, uint timestamp)
    {
        int pause = (int)(timestamp - _timestamp) - (int)(index - _highest) * _duration;
        int correction = _clock.Correct(pause);
        _timestampOffset += (uint)correction;
        _late = Math.Max(0, _late + Math.Min(correction, 0));
        return timestamp + (uint)correction;
    }

    private void Advance(long index, uint timestamp, ReadOnlySpan<byte> payload, Instant now)
    {
        long ahead = index - _highest;
        _seen = ahead < Window ? _seen << (int)ahead | 1 : 1;
        _highest = index;
        _timestamp = timestamp;
        _arrival = now;
        _duration = OpusDuration.Of(payload);
        _late -= _madeUp;
        _clock.Shift(-_madeUp);
        _madeUp = 0;
        _clock.Note(timestamp, now);
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
