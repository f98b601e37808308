using Sfu.Rtp;

namespace Sfu.TestKit.Workers;

/// <summary>A slot packet as a client decrypted it.</summary>
internal sealed record HeardPacket(uint Ssrc, long Index, uint Timestamp, uint Csrc, bool Marker, AudioLevel? Level, byte[] Payload);
