using Sfu.Rtp;
using Sfu.Slots;

namespace Sfu.Workers;

/// <summary>A <see cref="SpeakerPacket"/> without its payload, for the way to the room's home worker.</summary>
internal readonly record struct SpeakerHeader(uint Csrc, uint Ssrc, long Index, uint Timestamp, bool Marker, AudioLevel? Level)
{
    public SpeakerHeader(uint csrc, in SpeakerPacket packet)
        : this(csrc, packet.Ssrc, packet.Index, packet.Timestamp, packet.Marker, packet.Level)
    {
    }

    public SpeakerPacket ToPacket(ReadOnlySpan<byte> payload) => new()
    {
        Ssrc = Ssrc,
        Index = Index,
        Timestamp = Timestamp,
        Marker = Marker,
        Level = Level,
        Payload = payload,
    };
}
