namespace Sfu.Speakers;

/// <summary>How a room decides who is heard when more microphones are open than it has slots. The defaults are measured (benchmarks/Sfu.Selection).</summary>
public sealed record SelectionPolicy
{
    public static readonly SelectionPolicy Default = new();

    /// <summary>A pause up to this long does not make a speaker silent: between words, and for breath. 100 ms..5 s.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Nobody loses a slot earlier than this after getting it, unless silent. 0..30 s.</summary>
    public TimeSpan MinimumTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Who speaks without a slot waits for a gap in somebody's speech, and after so long takes the slot of the quietest one that has had its
    /// minimum time; four times as long where the microphone picks up keys. Shorter than the history of 60 ms, so that the first syllable is heard. 0..60 s.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>Who has been silent for so long hands the slot back, though nobody wants it. 200 ms..60 s.</summary>
    public TimeSpan HoldTime { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>In -dBov, 20..100: what is quieter is never speech.</summary>
    public int SpeechLevel { get; init; } = 62;

    /// <summary>dB, 3..30: speech stands out by so much from the noise that a microphone has learnt to be its own.</summary>
    public int NoiseMargin { get; init; } = 7;

    /// <summary>False where what is steady is no noise, as in music: then <see cref="SpeechLevel"/> alone decides.</summary>
    public bool LearnsNoise { get; init; } = true;
}
