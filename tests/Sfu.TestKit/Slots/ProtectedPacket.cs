using Sfu.Rtp;

namespace Sfu.TestKit.Slots;

/// <summary>What a <see cref="FakeProtector"/> was asked to encrypt.</summary>
/// <param name="Header">As it goes out.</param>
internal sealed record ProtectedPacket(uint RolloverCounter, byte[] Header, byte[] Payload, int Padding)
{
    public uint Ssrc => Read().Ssrc;

    public ushort SequenceNumber => Read().SequenceNumber;

    public uint Timestamp => Read().Timestamp;

    public bool Marker => Read().Marker;

    public uint Csrc => RtpPacket.TryRead(Header, out RtpPacket packet) == 0 ? packet.GetCsrc(0) : throw new InvalidDataException();

    /// <summary>Rollover counter and sequence number (RFC 3711 3.3.1).</summary>
    public long PacketIndex => (long)RolloverCounter << 16 | SequenceNumber;

    private RtpHeader Read()
    {
        // The P bit speaks of bytes that are not part of the header.
        byte[] header = [.. Header];
        header[0] &= unchecked((byte)~RtpOffsets.PaddingBit);
        return RtpHeader.TryRead(header, out RtpHeader read) == 0 ? read : throw new InvalidDataException();
    }
}
