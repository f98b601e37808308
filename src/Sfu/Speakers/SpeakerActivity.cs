using Sfu.Rtp;
using Sfu.Time;

namespace Sfu.Speakers;

/// <summary>What is known of one microphone: whether it speaks, since when, and how surely.</summary>
internal struct SpeakerActivity
{
    /// <summary>No slot.</summary>
    public const int None = -1;

    /// <summary>Of <see cref="Activity"/>.</summary>
    public const int MostActivity = ActivityScores.MediumParts * ActivityScores.LongParts;

    private const int Silence = 127;

    /// <summary>dB of an immediate part (<see cref="ActivityScores.ImmediateParts"/>).</summary>
    private const int ImmediatePart = 10;

    /// <summary>Cells: no click lasts as long.</summary>
    private const int RowOfSpeech = 4;

    /// <summary>The same where each packet may hold a key: three packets of 60 ms.</summary>
    private const int RowBesideKeys = 7;

    /// <summary>A pause of this length ends the claim of somebody who waits for a slot.</summary>
    private static readonly TimeSpan ClaimPause = TimeSpan.FromMilliseconds(200);

    private static readonly Instant LongAgo = new(-TimeSpan.MicrosecondsPerHour);

    public static readonly SpeakerActivity Unheard = new() { Slot = None, LastActive = LongAgo };

    private ActivityCells _cells;
    private NoiseFloor _floor;
    private ClickLevel _clicks;
    private KeysInLongPackets _keys;
    private bool _hadVoice;
    private bool _hadNoVoice;

    /// <summary>Sends packets, and is neither muted nor excluded.</summary>
    public bool IsOpen;

    public bool IsPinned;

    public bool IsExcluded;

    /// <summary>The slot that this microphone has, or <see cref="None"/>.</summary>
    public int Slot;

    public Instant SlotSince;

    /// <summary>How long it has spoken since it got the slot: who coughs once is not kept like who speaks.</summary>
    public TimeSpan Spoken;

    /// <summary>When a packet was last taken for speech.</summary>
    public Instant LastActive;

    /// <summary>Since when it has been speaking without a pause; <see cref="Instant.Never"/> for who has lost the slot in the middle of it.</summary>
    public Instant Claim;

    /// <summary>Loudness of the newest packet, 0..127, if it was taken for speech, else 0.</summary>
    public int Loudness { get; private set; }

    /// <summary>Of the newest packet.</summary>
    public TimeSpan PacketTime { get; private set; }

    /// <summary>Active cells of the last second.</summary>
    public readonly int Activity => _cells.Active(MostActivity);

    public readonly float ImmediateScore => ActivityScores.Immediate(Loudness / ImmediatePart);

    public readonly float MediumScore => ActivityScores.Medium(_cells.Active(ActivityScores.MediumParts));

    public readonly float LongScore
    {
        get
        {
            int active = 0;
            ActivityCells cells = _cells;
            for (int block = 0; block < ActivityScores.LongParts; block++)
                active += cells.Block(block) >= ActivityScores.ActiveBlock ? 1 : 0;
            return ActivityScores.Long(active);
        }
    }

    private readonly int RowNeeded => _keys.IsTyping && PacketTime > TimeSpan.FromMilliseconds(40) ? RowBesideKeys : RowOfSpeech;

    /// <param name="level">Null when the packet carries none: it is taken for speech.</param>
    /// <param name="duration">Samples of 48 kHz.</param>
    public void Hear(AudioLevel? level, int duration, SelectionPolicy policy, Instant now)
    {
        int loudness = Silence - (level ?? SpeakerSelector.AssumedLevel).Level;
        bool active = level is not { } known || (IsSpeech(known, loudness, policy) && !_keys.Hides(loudness, duration));
        PacketTime = new TimeSpan(duration * TimeSpan.TicksPerMillisecond / 48);
        _cells.Add(active, duration, now);
        Loudness = active ? loudness : 0;
        bool isWordless = !_cells.HadRow(RowNeeded + 1);
        if (level is not null && policy.LearnsNoise)
        {
            _floor.Learn(loudness, duration);
            _clicks.Learn(Loudness, duration, isWordless);
        }

        if (!active || (_clicks.MayBe(loudness) && !_cells.Row(RowNeeded) && isWordless))
            return;
        if (now - LastActive > ClaimPause + PacketTime)
            Claim = now;
        LastActive = now;
        Spoken += PacketTime;
    }

    /// <summary>Silent for so long, also if no packet tells.</summary>
    public readonly TimeSpan Quiet(Instant now) => now - LastActive - PacketTime;

    /// <summary>Takes time without packets for silence.</summary>
    public void Elapse(Instant now)
    {
        if (now - LastActive > PacketTime + ClaimPause)
            Loudness = 0;
        _cells.Elapse(now);
    }

    /// <summary>Enough to take a slot that nobody has: a mistake costs nobody anything and ends soon.</summary>
    public readonly bool MayBegin() => Loudness > 0 && (_clicks.MayBe(Loudness) ? _cells.Row(RowNeeded) : _cells.Active(3) >= 2 || Loudness >= _floor.Loudness + 15);

    /// <summary>Loud as the microphone's own keys and knocks are.</summary>
    public readonly bool MayBeClick => _clicks.MayBe(Loudness) || _keys.IsTyping;

    /// <summary>Enough to take the slot of somebody who pauses.</summary>
    public readonly bool MayTake() => Loudness > 0 && (_clicks.MayBe(Loudness) ? _cells.Row(RowNeeded) : _cells.Active(4) >= 3);

    private bool IsSpeech(AudioLevel level, int loudness, SelectionPolicy policy)
    {
        _hadVoice |= level.Voice;
        _hadNoVoice |= !level.Voice;
        // Senders that never clear the bit, or never set it, say nothing by it.
        if (!level.Voice && _hadVoice && _hadNoVoice)
            return false;
        int least = Silence - policy.SpeechLevel;
        return loudness >= least && (!policy.LearnsNoise || loudness >= _floor.Loudness + policy.NoiseMargin);
    }
}
