using Sfu.LoadTest.Options;
using Sfu.LoadTest.Receiving;

namespace Sfu.LoadTest.Speaking;

/// <summary>Who speaks when. Immutable; any thread.</summary>
/// <param name="speakers">In a room, at least 1.</param>
/// <param name="speech">"all" always; "turns", one after the other with an overlap; or "surge", all in the middle third of the measured time and one else; or "invited", nobody by this schedule.</param>
/// <param name="measured">When the middle third is.</param>
internal sealed class TurnSchedule(int speakers, string speech, MeasuredTime measured)
{
    /// <summary>Nanoseconds that somebody speaks.</summary>
    public const long TurnLength = 3_000_000_000;

    /// <summary>Nanoseconds by which the next one interrupts.</summary>
    public const long Overlap = 1_000_000_000;

    private const long Step = TurnLength - Overlap;

    /// <param name="speaker">Within the room.</param>
    /// <param name="elapsed">Nanoseconds since the speech began.</param>
    /// <param name="now">CLOCK_REALTIME nanoseconds.</param>
    /// <param name="turn">The number of the speaker's turn, from 0 on, when the result is true.</param>
    public bool Speaks(int speaker, long elapsed, long now, out int turn)
    {
        turn = 0;
        return speech switch
        {
            "turns" => SpeaksInTurn(speaker, elapsed, out turn),
            LoadOptions.Invited => false,
            "surge" => speaker == 0 || IsMiddleThird(now),
            _ => true,
        };
    }

    private bool SpeaksInTurn(int speaker, long elapsed, out int turn)
    {
        // Nobody follows itself without a pause: somebody alone is silent for a second between turns.
        long round = Math.Max(speakers, 2) * Step;
        long since = elapsed - speaker * Step;
        turn = (int)(since / round);
        return since >= 0 && since - turn * round < TurnLength;
    }

    private bool IsMiddleThird(long now) =>
        measured.PhaseOf(now) == Phase.Measured && now >= measured.SurgeFrom && now < measured.SurgeUntil;
}
