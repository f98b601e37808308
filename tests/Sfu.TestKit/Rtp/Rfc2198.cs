namespace Sfu.TestKit.Rtp;

/// <summary>Reads RED payloads by the text of RFC 2198 section 3 and nothing of the product.</summary>
public static class Rfc2198
{
    /// <returns>The blocks in their order, the primary one last, with an offset of 0.</returns>
    /// <exception cref="FormatException">The payload is not RED.</exception>
    public static List<(int PayloadType, int TimestampOffset, byte[] Data)> Read(byte[] payload)
    {
        // Bits in the order of the wire: F (1), block PT (7), timestamp offset (14), block length (10); the last header is F = 0 and PT.
        int bit = 0;
        int Take(int bits)
        {
            int value = 0;
            for (; bits > 0; bits--, bit++)
            {
                if (bit / 8 >= payload.Length)
                    throw new FormatException("A header is cut off.");
                value = value << 1 | payload[bit / 8] >> (7 - bit % 8) & 1;
            }

            return value;
        }

        List<(int PayloadType, int Offset, int Length)> headers = [];
        while (Take(1) == 1)
            headers.Add((Take(7), Take(14), Take(10)));
        int primary = Take(7);

        List<(int, int, byte[])> blocks = [];
        int at = bit / 8;
        foreach ((int payloadType, int offset, int length) in headers)
        {
            if (at + length > payload.Length)
                throw new FormatException("A block is cut off.");
            blocks.Add((payloadType, offset, payload[at..(at + length)]));
            at += length;
        }

        blocks.Add((primary, 0, payload[at..]));
        return blocks;
    }
}
