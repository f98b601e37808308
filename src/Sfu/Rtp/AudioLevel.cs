namespace Sfu.Rtp;

/// <summary>How loud one packet is (RFC 6464 section 3).</summary>
/// <param name="Level">In -dBov: 0 is the loudest that there can be, 127 is silence.</param>
/// <param name="Voice">The sender's own opinion on whether the packet holds speech; many senders always set or never set it.</param>
public readonly record struct AudioLevel(byte Level, bool Voice)
{
    private const byte VoiceBit = 0x80;
    private const byte LevelMask = 0x7F;

    public static readonly AudioLevel Silence = new(LevelMask, false);

    public static AudioLevel FromByte(byte value) => new((byte)(value & LevelMask), (value & VoiceBit) != 0);

    public byte ToByte() => (byte)((Level & LevelMask) | (Voice ? VoiceBit : 0));
}
