namespace Sfu.Opus;

/// <summary>The first byte of an Opus packet (RFC 6716 3.1).</summary>
internal readonly record struct OpusToc(byte Value)
{
    private const int ConfigurationShift = 3;
    private const int FirstCelt = 16;
    private const int FirstHybrid = 12;
    private const byte StereoBit = 0x04;
    private const byte FrameCodeMask = 0x03;

    public bool IsStereo => (Value & StereoBit) != 0;

    /// <summary>How the frames are packed (RFC 6716 3.2): 0 one, 1 two of equal length, 2 two, 3 any number.</summary>
    public int FrameCode => Value & FrameCodeMask;

    /// <summary>True for SILK and for hybrid frames, which begin with the voice activity that the encoder saw.</summary>
    public bool HasSilk => Configuration < FirstCelt;

    /// <summary>SILK frames in an Opus frame, which are of 20 ms at most: 1..3 (RFC 6716 4.2.2).</summary>
    public int SilkFrames => Configuration < FirstHybrid ? Math.Max(1, Configuration & 3) : 1;

    private int Configuration => Value >> ConfigurationShift;
}
