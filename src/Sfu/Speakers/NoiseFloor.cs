namespace Sfu.Speakers;

/// <summary>How loud a microphone is while nobody speaks, learnt from its levels; loudness is 127 minus the level of RFC 6464.</summary>
/// <remarks>
/// What stays within a few dB for over half a second is no speech, and is noise at once. What varies, such as music in the room, is
/// noise as far as it never falls below: the minimum of two windows of 2 s, within which people draw breath.
/// </remarks>
internal struct NoiseFloor
{
    /// <summary>-70 dBov: a quiet room. Microphones begin there, so that the first word is heard.</summary>
    public const int Quietest = 57;

    private const int Window = 2 * 48_000;
    private const int Block = 600 * 48;

    /// <summary>dB between the loudest and the quietest packet of a block that is steady.</summary>
    private const int Steady = 6;

    /// <summary>The same for a window: nobody speaks for 2 s without a sound or a pause that differ by more.</summary>
    private const int Narrow = 12;

    /// <summary>dB by which the floor rises at most after a window.</summary>
    private const float Rise = 12;

    private const float Fall = 0.3f;

    private float _rise;
    private int _blockLength;
    private int _blockLeast;
    private int _blockMost;
    private int _windowLength;
    private int _windowLeast;
    private int _windowMost;
    private int _previousLeast;
    private int _first;
    private bool _varies;

    /// <summary><see cref="Quietest"/>..127.</summary>
    public readonly float Loudness => Quietest + _rise;

    /// <param name="loudness">0..127; digital silence teaches nothing.</param>
    /// <param name="duration">Samples of 48 kHz.</param>
    public void Learn(int loudness, int duration)
    {
        if (loudness == 0 || !Varies(loudness))
            return;
        if (loudness < Loudness)
            _rise = Math.Max(0, _rise - (Loudness - loudness) * Fall);
        LearnSteady(loudness, duration);
        LearnLeast(loudness, duration);
    }

    /// <summary>One level that never changes is a constant that some gateway writes, and no measurement.</summary>
    private bool Varies(int loudness)
    {
        if (_first == 0)
            _first = loudness;
        return _varies |= loudness != _first;
    }

    private void LearnSteady(int loudness, int duration)
    {
        _blockLeast = _blockLength == 0 ? loudness : Math.Min(_blockLeast, loudness);
        _blockMost = _blockLength == 0 ? loudness : Math.Max(_blockMost, loudness);
        _blockLength += duration;
        if (_blockMost - _blockLeast > Steady)
            _blockLength = 0;
        if (_blockLength < Block)
            return;
        _rise = Math.Max(_rise, (_blockLeast + _blockMost) / 2f - Quietest);
        _blockLength = 0;
    }

    private void LearnLeast(int loudness, int duration)
    {
        _windowLeast = _windowLength == 0 ? loudness : Math.Min(_windowLeast, loudness);
        _windowMost = _windowLength == 0 ? loudness : Math.Max(_windowMost, loudness);
        _windowLength += duration;
        if (_windowLength < Window)
            return;
        float least = Math.Min(_windowLeast, _previousLeast);
        if (_windowMost - _windowLeast <= Narrow)
            _rise = Math.Max(_rise, _windowMost - Quietest);
        else if (least > Loudness)
            _rise += Math.Min(least - Loudness, Rise);
        _previousLeast = _windowLeast;
        _windowLength = 0;
    }
}
