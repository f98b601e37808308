using Sfu.Rtp;
using Sfu.Slots;

namespace Sfu.TestKit.Slots;

/// <summary>A publisher that sends 20 ms packets; its sequence and timestamps start anywhere.</summary>
internal sealed class SpeakerSource(uint csrc, long firstIndex = 1_000, uint firstTimestamp = 50_000)
{
    /// <summary>Samples of 20 ms.</summary>
    public const uint PacketDuration = 960;

    /// <summary>CELT, fullband, 20 ms, one frame (RFC 6716 3.1).</summary>
    public const byte OneFrameOf20Ms = 31 << 3;

    /// <summary>What the room calls this speaker.</summary>
    public uint Csrc { get; } = csrc;

    public uint Ssrc { get; set; } = csrc * 10;

    /// <summary>Of the next packet.</summary>
    public long Index { get; set; } = firstIndex;

    /// <summary>Of the next packet.</summary>
    public uint Timestamp { get; set; } = firstTimestamp;

    /// <summary>In -dBov; null sends no extension.</summary>
    public byte? Level { get; set; } = 30;

    /// <summary>Of the next packets' payloads.</summary>
    public int PayloadLength { get; set; } = 80;

    /// <summary>The next packet; the one after it follows 20 ms later.</summary>
    public SpeakerPacket Next() => At(Index++, Advance());

    /// <summary>The next packet with a payload of the caller's; allocates nothing.</summary>
    public SpeakerPacket NextWith(ReadOnlySpan<byte> payload) => new()
    {
        Ssrc = Ssrc,
        Index = Index++,
        Timestamp = Advance(),
        Level = Level is { } level ? new AudioLevel(level, true) : null,
        Payload = payload,
    };

    /// <summary>A packet with some index and timestamp. Its payload tells speaker and index.</summary>
    public SpeakerPacket At(long index, uint timestamp) => new()
    {
        Ssrc = Ssrc,
        Index = index,
        Timestamp = timestamp,
        Level = Level is { } level ? new AudioLevel(level, true) : null,
        Payload = Payload(index),
    };

    /// <summary>Packets that are lost before they reach the server.</summary>
    public void Lose(int count)
    {
        Index += count;
        Timestamp += (uint)count * PacketDuration;
    }

    private uint Advance()
    {
        uint timestamp = Timestamp;
        Timestamp += PacketDuration;
        return timestamp;
    }

    private byte[] Payload(long index)
    {
        byte[] payload = new byte[PayloadLength];
        for (int i = 0; i < payload.Length; i++)
            payload[i] = (byte)(index >> (8 * (i & 3)) ^ Csrc);
        if (payload.Length > 0)
            payload[0] = OneFrameOf20Ms;
        return payload;
    }
}
