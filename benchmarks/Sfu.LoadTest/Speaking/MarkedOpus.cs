namespace Sfu.LoadTest.Speaking;

/// <summary>An Opus packet of one frame, rewritten as a code 3 packet with padding that holds a <see cref="PacketMarker"/> (RFC 6716 3.2.5).</summary>
internal static class MarkedOpus
{
    private const byte CodeMask = 0x03;
    private const byte ManyFrames = 3;
    private const byte PaddedSingleFrame = 0x41; // No VBR, padding, one frame.
    private const int HeaderLength = 3;

    /// <summary>Bytes that a packet grows by.</summary>
    public const int Overhead = HeaderLength - 1 + PacketMarker.Length;

    /// <param name="packet">Of one frame (code 0).</param>
    /// <returns>With a marker of zeros at its end.</returns>
    /// <exception cref="InvalidDataException">The packet holds several frames.</exception>
    public static byte[] Template(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty || (packet[0] & CodeMask) != 0)
            throw new InvalidDataException("The speech must be Opus packets of one frame.");
        byte[] marked = new byte[packet.Length + Overhead];
        marked[0] = (byte)(packet[0] | ManyFrames);
        marked[1] = PaddedSingleFrame;
        marked[2] = PacketMarker.Length;
        packet[1..].CopyTo(marked.AsSpan(HeaderLength));
        return marked;
    }

    /// <summary>False when the payload is none of ours.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out PacketMarker marker)
    {
        marker = default;
        if (payload.Length < HeaderLength + PacketMarker.Length || payload[1] != PaddedSingleFrame || payload[2] != PacketMarker.Length)
            return false;
        marker = PacketMarker.Read(payload[^PacketMarker.Length..]);
        return true;
    }

    /// <summary>Whether two packets are the same but for their markers.</summary>
    public static bool SameSpeech(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> template) =>
        payload.Length == template.Length && payload[..^PacketMarker.Length].SequenceEqual(template[..^PacketMarker.Length]);
}
