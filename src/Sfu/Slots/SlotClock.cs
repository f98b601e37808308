using Sfu.Time;

namespace Sfu.Slots;

/// <summary>Where a slot's timeline is on our clock, by the packets that came soonest: what comes late is jitter.</summary>
/// <remarks>
/// Offsets are RTP time minus our time, in samples of 48 kHz modulo 2^32. The greatest of the last one to two windows counts: a window
/// is long enough to see a packet that nothing held up, and short enough for a publisher's clock.
/// </remarks>
/// <param name="window">At 300 ppm a clock drifts by 0.3 ms in a second.</param>
internal struct SlotClock(TimeSpan window)
{
    /// <summary>Samples by which a pause is made longer or shorter at most (5 ms): too little to be heard, and a hundred times what 300 ppm drift between two pauses.</summary>
    public const int MaxCorrection = 5 * MediaConstants.ClockRate / 1_000;

    private bool _started;
    private Instant _since;
    private Instant _windowStart;
    private uint _inWindow;
    private uint _before;

    /// <summary>The offset that the timeline began with.</summary>
    private uint _origin;

    /// <summary>Samples by which the timeline has come to be ahead of our clock; negative when it is behind.</summary>
    public readonly int Drift => (int)(Offset - _origin);

    private readonly uint Offset => Latest(_inWindow, _before);

    /// <param name="timestamp">Of a packet that is the newest of the slot.</param>
    public void Note(uint timestamp, Instant arrival)
    {
        uint offset = timestamp - Samples(arrival);
        if (!_started)
        {
            _started = true;
            _since = _windowStart = arrival;
            _inWindow = _before = _origin = offset;
        }
        else if (arrival - _windowStart >= window)
        {
            // After a longer silence the window before it is all that is known.
            _before = _inWindow;
            _inWindow = offset;
            _windowStart = arrival;
        }
        else
        {
            _inWindow = Latest(_inWindow, offset);
        }

        // The very first packet may have been held up as well.
        if (arrival - _since < window)
            _origin = Latest(_origin, offset);
    }

    /// <summary>The slot's RTP time at an instant; there must have been a packet.</summary>
    public readonly uint At(Instant instant) => Samples(instant) + Offset;

    /// <summary>
    /// Makes up for drift: what is to be added to the timestamp of a packet, and of all that follow, so that the timeline follows our clock and not the publisher's. Only a pause has
    /// room for it: within speech the publisher's steps are kept, and receivers follow its clock as they do anywhere.
    /// </summary>
    /// <param name="pause">Samples between the end of the packet before and this one, nothing having been lost; 0 or less for none.</param>
    public int Correct(int pause)
    {
        if (pause <= 0)
            return 0;
        int correction = Math.Clamp(-Drift, -Math.Min(MaxCorrection, pause), MaxCorrection);
        Shift(correction);
        return correction;
    }

    /// <summary>From now on the timeline is so many samples later than it was.</summary>
    public void Shift(int samples)
    {
        _inWindow += (uint)samples;
        _before += (uint)samples;
    }

    private static uint Samples(Instant instant) => (uint)MediaTime.SamplesBetween(default, instant);

    /// <summary>The one that is ahead, over the wrap too.</summary>
    private static uint Latest(uint first, uint second) => (int)(second - first) > 0 ? second : first;
}
