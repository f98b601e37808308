using Sfu.Time;

namespace Sfu.Dtls;

/// <summary>When to send the last flight again, and when to give up (RFC 6347 4.2.4.1).</summary>
internal struct HandshakeTimer(Instant start)
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(3_200);

    /// <summary>Patience with the whole handshake.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What is left of it after an alert that nobody has authenticated: long enough for a handshake that the alert was forged to break.</summary>
    private static readonly TimeSpan PatienceAfterAlert = TimeSpan.FromSeconds(5);

    /// <summary>The least time between two sendings that the peer's repetitions cause; browsers begin to repeat after 50 ms.</summary>
    private static readonly TimeSpan AnswerInterval = TimeSpan.FromMilliseconds(40);

    private TimeSpan _interval;
    private Instant _sentAt;
    private Instant _resendAt = Instant.Never;
    private Instant _giveUpAt = start + Patience;

    public readonly Instant Deadline => Instant.Min(_resendAt, _giveUpAt);

    public readonly bool IsOver(Instant now) => now >= _giveUpAt;

    public readonly bool IsResendDue(Instant now) => now >= _resendAt;

    public readonly bool MayAnswer(Instant now) => now >= _sentAt + AnswerInterval;

    public void FlightSent(Instant now)
    {
        _interval = FirstInterval;
        Restart(now);
    }

    public void FlightResentByTimer(Instant now)
    {
        _interval = _interval * 2 < LongestInterval ? _interval * 2 : LongestInterval;
        Restart(now);
    }

    public void FlightResentAsAnswer(Instant now) => Restart(now);

    public void AlertReceived(Instant now) => _giveUpAt = Instant.Min(_giveUpAt, now + PatienceAfterAlert);

    private void Restart(Instant now)
    {
        _sentAt = now;
        _resendAt = now + _interval;
    }
}
