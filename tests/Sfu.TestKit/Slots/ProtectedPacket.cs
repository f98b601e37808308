using System.Buffers.Binary;
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

    public uint Csrc => BinaryPrimitives.ReadUInt32BigEndian(Header.AsSpan(RtpHeaderWriter.CsrcOffset));

    /// <summary>Rollover counter and sequence number (RFC 3711 3.3.1).</summary>
    public long PacketIndex => (long)RolloverCounter << 16 | SequenceNumber;

    private RtpHeader Read() => RtpHeader.TryRead(Header, out RtpHeader read) == 0 ? read : throw new InvalidDataException();
}
