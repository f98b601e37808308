using Sfu.Time;

namespace Sfu.Opus;

/// <summary>Makes meters for the publishers of one worker that send no levels, and bounds what decoding for them may cost.</summary>
/// <remarks>
/// A packet takes 12 us (SILK) to 40 us (stereo music) to decode. Beyond 1,000 a second, the packets of 20 speakers, and beyond 64
/// decoders levels are guessed: 1 to 4 % of a core, whoever sends whatever. One worker's thread.
/// </remarks>
/// <param name="createDecoder">Null where nothing decodes.</param>
internal sealed class LevelMeters(Func<IOpusDecoder>? createDecoder)
{
    public const int MaxDecoders = 64;

    public const int DecodesPerSecond = 1_000;

    /// <summary>What comes in one turn of the worker, after a stall too.</summary>
    private const int DecodesAtOnce = 100;

    private PacketBudget _budget = new(DecodesPerSecond, DecodesAtOnce);
    private int _decoders;

    public ILevelMeter Create()
    {
        if (createDecoder is null || _decoders == MaxDecoders)
            return new HeaderMeter();
        _decoders++;
        return new DecodingMeter(createDecoder(), this);
    }

    /// <summary>Disposes of a meter, which makes room for another decoder.</summary>
    public void Release(ILevelMeter meter)
    {
        if (meter is DecodingMeter)
            _decoders--;
        meter.Dispose();
    }

    public bool TrySpendDecode(Instant now) => _budget.TrySpend(now);
}
