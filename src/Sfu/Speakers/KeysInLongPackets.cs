namespace Sfu.Speakers;

/// <summary>Tells typing from speech where packets are so long that each one has a key in it.</summary>
/// <remarks>
/// Keys make every other packet far quieter, and syllables do not. Whose loud packets mostly stand alone types; what is far quieter than
/// the loudest before it counts as a pause there.
/// </remarks>
internal struct KeysInLongPackets
{
    /// <summary>Samples of 48 kHz.</summary>
    private const int LongPacket = 40 * 48;

    /// <summary>dB a second by which the loudest is forgotten.</summary>
    private const float Forgetting = 15;

    /// <summary>dB below the loudest from which on a packet is far quieter.</summary>
    private const float Range = 8;

    private const float Share = 0.2f;
    private const float Types = 0.4f;

    private float _loudest;
    private float _alone;
    private bool _last;
    private bool _beforeLast;

    /// <summary>True for a microphone whose loud packets mostly stand alone.</summary>
    public readonly bool IsTyping => _alone > Types;

    /// <returns>True when the packet counts as a pause.</returns>
    public bool Hides(int loudness, int duration)
    {
        if (duration < LongPacket)
            return false;
        _loudest = Math.Max(loudness, _loudest - Forgetting * duration / 48_000);
        bool isLoud = loudness >= _loudest - Range;
        if (_last)
            _alone += ((_beforeLast || isLoud ? 0 : 1) - _alone) * Share;
        (_last, _beforeLast) = (isLoud, _last);
        return !isLoud && IsTyping;
    }
}
