using Sfu.Time;

namespace Sfu.Tests.Slots;

/// <summary>Sends 20 ms packets by a clock of its own, over a way with jitter; in pauses one every 400 ms, as Opus does with DTX.</summary>
/// <param name="partsPerMillion">By which its clock is faster than ours.</param>
/// <param name="jitter">What a packet is held up at most, in ms.</param>
internal sealed class DriftingPublisher(uint csrc, int partsPerMillion, double jitter)
{
    private const int Frame = 960;
    private const int FramesOfPauseUpdate = 20;

    private readonly Random _random = new((int)csrc);
    private readonly double _rate = 48e-3 * (1 + partsPerMillion * 1e-6);
    private readonly uint _firstTimestamp = csrc * 0x4000_0000;
    private long _index = 1_000 * csrc;
    private long _samples;
    private Instant _lastArrival;

    /// <summary>When the next packet is sent, on our clock.</summary>
    public Instant Now => new((long)(_samples / _rate));

    /// <summary>Its RTP time at an instant of ours.</summary>
    public uint TimestampAt(Instant instant) => _firstTimestamp + (uint)(long)(instant.Microseconds * _rate);

    /// <summary>It sends nothing until then.</summary>
    public void SkipTo(Instant instant) => _samples = Math.Max(_samples, (long)(instant.Microseconds * _rate) / Frame * Frame + Frame);

    public IEnumerable<SentFrame> Talk(TimeSpan length, TimeSpan talk, TimeSpan pause)
    {
        Instant end = Now + length;
        while (Now < end)
        {
            for (Instant until = Instant.Min(Now + talk, end); Now < until;)
                yield return Send(Frame);
            for (Instant until = Instant.Min(Now + pause, end); Now < until;)
                yield return Send(Frame * FramesOfPauseUpdate);
        }
    }

    private SentFrame Send(int step)
    {
        Instant sent = Now;
        Instant arrival = sent + TimeSpan.FromMilliseconds(_random.NextDouble() * jitter);
        if (arrival < _lastArrival)
            arrival = _lastArrival;
        _lastArrival = arrival;
        var frame = new SentFrame(csrc, _index++, _firstTimestamp + (uint)_samples, arrival, arrival - sent);
        _samples += step;
        return frame;
    }
}
