using Sfu.Time;

namespace Sfu.Speakers;

/// <summary>What the selector knows of one microphone.</summary>
internal struct SpeakerActivity
{
    /// <summary>No slot.</summary>
    public const int None = -1;

    private static readonly Instant LongAgo = new(-TimeSpan.MicrosecondsPerHour);

    public static readonly SpeakerActivity Unheard = new() { Slot = None, LastSpeech = LongAgo };

    /// <summary>0..127, 127 is the loudest: 127 minus the level of RFC 6464, smoothed over packets of speech.</summary>
    public float Loudness;

    /// <summary>When a packet was last loud enough to be speech.</summary>
    public Instant LastSpeech;

    /// <summary>The slot that this microphone has, or <see cref="None"/>.</summary>
    public int Slot;

    public Instant SlotSince;
}
