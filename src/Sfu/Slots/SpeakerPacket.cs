using Sfu.Rtp;

namespace Sfu.Slots;

/// <summary>One packet of a publisher as the stage needs it: decrypted, parsed, without RED.</summary>
internal readonly ref struct SpeakerPacket
{
    /// <summary>The publisher's SSRC; another one means another sequence and another timeline.</summary>
    public required uint Ssrc { get; init; }

    /// <summary>The 48-bit packet index: rollover counter and sequence number (RFC 3711 3.3.1).</summary>
    public required long Index { get; init; }

    public required uint Timestamp { get; init; }

    public bool Marker { get; init; }

    /// <summary>Null when the publisher sends no RFC 6464 extension.</summary>
    public AudioLevel? Level { get; init; }

    /// <summary>One Opus packet (RFC 7587 4.2).</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }
}
