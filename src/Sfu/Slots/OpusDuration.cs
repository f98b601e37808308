namespace Sfu.Slots;

/// <summary>How long an Opus packet plays, read off its first bytes (RFC 6716 3.1).</summary>
internal static class OpusDuration
{
    /// <summary>120 ms, the most that a packet may hold (RFC 6716 3.2.5), in samples of 48 kHz.</summary>
    public const int Longest = 5_760;

    /// <summary>2.5 ms, the shortest frame.</summary>
    private const int Shortest = 120;

    private const int ConfigurationShift = 3;
    private const int FirstHybrid = 12;
    private const int FirstCelt = 16;
    private const byte FrameCodeMask = 0x03;
    private const byte FrameCountMask = 0x3F;
    private const int ManyFrames = 3;

    /// <param name="payload">At least one byte.</param>
    /// <returns>Samples of 48 kHz, 120..5,760, also for packets that break the rules.</returns>
    public static int Of(ReadOnlySpan<byte> payload)
    {
        int configuration = payload[0] >> ConfigurationShift;
        int frame = configuration switch
        {
            < FirstHybrid => (configuration & 3) switch { 0 => 480, 1 => 960, 2 => 1_920, _ => 2_880 },
            < FirstCelt => 480 << (configuration & 1),
            _ => Shortest << (configuration & 3),
        };

        int frames = (payload[0] & FrameCodeMask) switch
        {
            0 => 1,
            ManyFrames => payload.Length > 1 ? payload[1] & FrameCountMask : 1,
            _ => 2,
        };
        return Math.Clamp(frame * frames, Shortest, Longest);
    }
}
