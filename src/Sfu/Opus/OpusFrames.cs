namespace Sfu.Opus;

/// <summary>Finds the compressed frames in an Opus packet (RFC 6716 3.2).</summary>
internal static class OpusFrames
{
    /// <summary>120 ms of 2.5 ms frames.</summary>
    public const int Max = 48;

    private const byte VbrBit = 0x80;
    private const byte PaddingBit = 0x40;
    private const byte CountMask = 0x3F;

    /// <summary>A padding length that goes on in the next byte; this one stands for one byte less (RFC 6716 3.2.5).</summary>
    private const byte MorePadding = 255;

    /// <summary>A length from here on has a second byte, which counts fours (RFC 6716 3.2.1).</summary>
    private const int FirstLongLength = 252;

    private const int LongLengthUnit = 4;

    /// <param name="packet">At least one byte.</param>
    /// <param name="frames">At least <see cref="Max"/>; a frame that was not sent is empty (DTX).</param>
    /// <returns>How many there are; 0 when the packet breaks the rules.</returns>
    public static int Find(ReadOnlySpan<byte> packet, Span<Range> frames)
    {
        int at = 1;
        switch (new OpusToc(packet[0]).FrameCode)
        {
            case 0:
                frames[0] = at..packet.Length;
                return 1;
            case 1:
                return DivideEvenly(at, packet.Length, 2, frames);
            case 2:
                if (!TryReadLength(packet, packet.Length, ref at, out int first) || first > packet.Length - at)
                    return 0;
                frames[0] = at..(at + first);
                frames[1] = (at + first)..packet.Length;
                return 2;
            default:
                return FindMany(packet, frames);
        }
    }

    private static int FindMany(ReadOnlySpan<byte> packet, Span<Range> frames)
    {
        int at = 2;
        int end = packet.Length;
        if (at > end)
            return 0;
        byte head = packet[1];
        int count = head & CountMask;
        if (count is 0 or > Max || ((head & PaddingBit) != 0 && !TryCutPadding(packet, ref at, ref end)))
            return 0;
        if ((head & VbrBit) == 0)
            return DivideEvenly(at, end, count, frames);

        Span<int> lengths = stackalloc int[Max];
        int sum = 0;
        for (int i = 0; i < count - 1; i++)
        {
            if (!TryReadLength(packet, end, ref at, out lengths[i]))
                return 0;
            sum += lengths[i];
        }

        lengths[count - 1] = end - at - sum;
        if (lengths[count - 1] < 0)
            return 0;
        for (int i = 0; i < count; i++)
        {
            frames[i] = at..(at + lengths[i]);
            at += lengths[i];
        }

        return count;
    }

    private static int DivideEvenly(int at, int end, int count, Span<Range> frames)
    {
        int length = (end - at) / count;
        if (at + length * count != end)
            return 0;
        for (int i = 0; i < count; i++)
        {
            frames[i] = at..(at + length);
            at += length;
        }

        return count;
    }

    private static bool TryCutPadding(ReadOnlySpan<byte> packet, ref int at, ref int end)
    {
        byte length;
        do
        {
            if (at == packet.Length)
                return false;
            length = packet[at++];
            end -= length == MorePadding ? MorePadding - 1 : length;
        }
        while (length == MorePadding);

        return at <= end;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> packet, int end, ref int at, out int length)
    {
        length = 0;
        if (at == end)
            return false;
        length = packet[at++];
        if (length < FirstLongLength)
            return true;
        if (at == end)
            return false;
        length += packet[at++] * LongLengthUnit;
        return true;
    }
}
