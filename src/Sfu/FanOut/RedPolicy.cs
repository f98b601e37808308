using Sfu.Time;

namespace Sfu.FanOut;

/// <summary>Whether a listener is sent RED, by the loss that its receiver reports tell, with what retransmission has hidden of it.</summary>
/// <remarks>
/// RED costs a listener of 32 kbit/s speech about 64 kbit/s more, so it is for lines that lose. Chromium reports every 2.5 to 7.5 s, on
/// about 250 packets of a speaker: with a true loss of 1 % such a report tells 1 % give or take 0.6, so that
/// <see cref="Begin"/> is three standard deviations above what concealment hides. Below <see cref="End"/> a report tells of one lost packet
/// at most, and several such reports have to follow each other: a line of 1 % steady loss passes that once in some minutes. A line that loses more with RED than without is too thin for it: then it is
/// left alone for a while.
/// </remarks>
/// <param name="isPossible">False for a listener that takes no RED.</param>
internal struct RedPolicy(bool isPossible)
{
    /// <summary>Share of packets lost from which on a listener gets RED.</summary>
    public const float Begin = 0.03f;

    /// <summary>Below it the line is called good again.</summary>
    public const float End = 0.005f;

    /// <summary>How long the line has to be good: at least three reports.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromSeconds(20);

    /// <summary>How long a line that RED made worse does without.</summary>
    public static readonly TimeSpan HoldOff = TimeSpan.FromMinutes(1);

    /// <summary>How long after the change more loss is put down to it.</summary>
    public static readonly TimeSpan Trial = TimeSpan.FromSeconds(15);

    /// <summary>Packets that a report has to be about to count in full: 1 s of one speaker.</summary>
    private const float FullWeight = 50;

    /// <summary>The loss with RED over the loss before it from which on RED is what makes the line lose, and the least difference.</summary>
    private const float WorseRatio = 2;
    private const float WorseDifference = 0.15f;

    private float _before;
    private Instant _lossyAt;
    private Instant _onSince;
    private Instant _heldUntil;

    /// <summary>Share of packets lost lately, 0..1.</summary>
    public float Loss { get; private set; }

    public bool IsOn { get; private set; }

    /// <summary>Takes note of a report on one stream.</summary>
    /// <param name="loss">Share of the packets lost, 0..1.</param>
    /// <param name="packets">That it is about.</param>
    /// <returns>True when <see cref="IsOn"/> is another one.</returns>
    public bool OnReport(float loss, long packets, Instant now)
    {
        if (packets <= 0)
            return false;

        Loss += (loss - Loss) * Math.Min(packets / FullWeight, 1);
        if (Loss >= End)
            _lossyAt = now;
        bool wanted = IsOn ? now - _lossyAt < Calm : isPossible && Loss >= Begin && now >= _heldUntil;
        if (IsOn && now - _onSince < Trial && Loss >= Math.Max(_before * WorseRatio, _before + WorseDifference))
        {
            wanted = false;
            _heldUntil = now + HoldOff;
        }

        if (wanted == IsOn)
            return false;
        IsOn = wanted;
        _before = Loss;
        _onSince = now;
        return true;
    }
}
