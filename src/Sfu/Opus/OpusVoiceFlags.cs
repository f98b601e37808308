namespace Sfu.Opus;

/// <summary>Reads voice activity flags without decoding.</summary>
internal static class OpusVoiceFlags
{
    /// <summary>A packet of so many bytes has no audio but says that silence goes on (DTX).</summary>
    private const int DtxLength = 2;

    private const int BitsOfByte = 8;

    /// <param name="packet">At least one byte.</param>
    public static OpusVoice Read(ReadOnlySpan<byte> packet)
    {
        if (IsDtx(packet))
            return OpusVoice.Inactive;
        var toc = new OpusToc(packet[0]);
        if (!toc.HasSilk)
            return OpusVoice.Unknown;

        Span<Range> frames = stackalloc Range[OpusFrames.Max];
        int count = OpusFrames.Find(packet, frames);
        foreach (Range frame in frames[..count])
        {
            ReadOnlySpan<byte> data = packet[frame];
            if (!data.IsEmpty && HasVoice(data[0], toc))
                return OpusVoice.Active;
        }

        return OpusVoice.Inactive;
    }

    public static bool IsDtx(ReadOnlySpan<byte> packet) => packet.Length <= DtxLength;

    /// <summary>
    /// The first symbols of a SILK layer are binary and equally likely, so they are the first bits of the frame: a flag for each
    /// SILK frame and one for redundancy, of the mid channel and then of the side.
    /// </summary>
    private static bool HasVoice(byte first, OpusToc toc)
    {
        int flags = toc.SilkFrames;
        int mask = (1 << flags) - 1;
        int mid = first >> (BitsOfByte - flags) & mask;
        int side = toc.IsStereo ? first >> (BitsOfByte - 2 * flags - 1) & mask : 0;
        return (mid | side) != 0;
    }
}
