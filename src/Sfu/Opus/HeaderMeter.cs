using Sfu.Rtp;
using Sfu.Slots;
using Sfu.Time;

namespace Sfu.Opus;

/// <summary>Guesses levels without decoding: SILK frames tell whether there is voice, and quiet CELT frames are small ones.</summary>
/// <remarks>Good for who speaks and who does not; everybody who speaks is equally loud.</remarks>
internal sealed class HeaderMeter : ILevelMeter
{
    /// <summary>Ordinary speech.</summary>
    public static readonly AudioLevel Speech = new(35, Voice: true);

    /// <summary>A quiet room.</summary>
    public static readonly AudioLevel Quiet = new(70, Voice: false);

    private const int SamplesOf20Milliseconds = 960;

    // The usual size follows growth within a few packets, and forgets over some ten seconds of 20 ms packets.
    private const float AttackShare = 0.25f;
    private const float ReleaseShare = 1 / 512f;

    /// <summary>CELT frames with less than this share of the usual bytes are quiet. With a constant bitrate there are none.</summary>
    private const float QuietShare = 0.5f;

    /// <summary>Bytes of 20 ms.</summary>
    private float _usual;

    public AudioLevel Measure(ReadOnlySpan<byte> packet, Instant now)
    {
        if (packet.IsEmpty || OpusVoiceFlags.IsDtx(packet))
            return AudioLevel.Silence;
        return OpusVoiceFlags.Read(packet) switch
        {
            OpusVoice.Active => Speech,
            OpusVoice.Inactive => Quiet,
            _ => MeasureBySize(packet),
        };
    }

    public void Dispose()
    {
    }

    private AudioLevel MeasureBySize(ReadOnlySpan<byte> packet)
    {
        float size = (float)packet.Length * SamplesOf20Milliseconds / OpusDuration.Of(packet);
        _usual += (size - _usual) * (size > _usual ? AttackShare : ReleaseShare);
        return size < _usual * QuietShare ? Quiet : Speech;
    }
}
