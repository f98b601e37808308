namespace Sfu.Speakers;

/// <summary>How loud a microphone's short noises are, learnt: keys, knocks, a cup that is put down.</summary>
/// <remarks>
/// What ends before a syllable would, and stands alone, is a click; who clicks has to sound longer before
/// being taken for a speaker.
/// </remarks>
internal struct ClickLevel
{
    /// <summary>Samples; no syllable is shorter.</summary>
    private const int LongestClick = 80 * 48;

    /// <summary>dB a second by which clicks are forgotten.</summary>
    private const float Forgetting = 0.5f;

    /// <summary>The same while somebody speaks.</summary>
    private const float ForgettingInWords = 5;

    /// <summary>dB: clicks differ from each other.</summary>
    private const float Spread = 4;

    private float _loudness;
    private int _length;
    private int _peak;

    /// <summary>True when clicks of this microphone are as loud as this.</summary>
    public readonly bool MayBe(int loudness) => loudness <= _loudness + Spread;

    /// <param name="loudness">0 when the packet is quiet.</param>
    /// <param name="duration">Samples of 48 kHz.</param>
    /// <param name="isWordless">Nothing has sounded as long as in words lately.</param>
    public void Learn(int loudness, int duration, bool isWordless)
    {
        _loudness = Math.Max(0, _loudness - (isWordless ? Forgetting : ForgettingInWords) * duration / 48_000);
        if (loudness > 0)
        {
            _length += duration;
            _peak = Math.Max(_peak, loudness);
            return;
        }

        if (_length is > 0 and <= LongestClick && isWordless)
            _loudness = Math.Max(_loudness, _peak);
        _length = 0;
        _peak = 0;
    }
}
