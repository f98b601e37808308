using System.Buffers.Binary;
using Sfu.Diagnostics;

namespace Sfu.Rtp;

/// <summary>A plaintext RTP packet (RFC 3550 5.1), read in place.</summary>
/// <remarks>On an encrypted packet only <see cref="RtpHeader.TryRead"/> makes sense: the padding's length is part of the ciphertext.</remarks>
public readonly ref struct RtpPacket
{
    private readonly ReadOnlySpan<byte> _packet;

    private RtpPacket(ReadOnlySpan<byte> packet, scoped in RtpHeader header, int paddingLength)
    {
        _packet = packet;
        Header = header;
        PaddingLength = paddingLength;
    }

    public RtpHeader Header { get; }

    public bool Marker => Header.Marker;

    /// <summary>0..127.</summary>
    public byte PayloadType => Header.PayloadType;

    public ushort SequenceNumber => Header.SequenceNumber;

    public uint Timestamp => Header.Timestamp;

    public uint Ssrc => Header.Ssrc;

    /// <summary>0..15.</summary>
    public int CsrcCount => Header.CsrcCount;

    /// <summary>Bytes of padding, the count byte included; 0 without padding.</summary>
    public int PaddingLength { get; }

    /// <summary>Without padding; empty when the packet is nothing but padding, as bandwidth probes are.</summary>
    public ReadOnlySpan<byte> Payload => _packet[Header.Length..^PaddingLength];

    /// <param name="packet">Decrypted, without an authentication tag.</param>
    /// <param name="rtp">Set when the result is <see cref="DropReason.None"/>; valid as long as <paramref name="packet"/> is.</param>
    /// <returns><see cref="DropReason.None"/> or <see cref="DropReason.RtpMalformed"/>.</returns>
    public static DropReason TryRead(ReadOnlySpan<byte> packet, out RtpPacket rtp)
    {
        rtp = default;
        DropReason reason = RtpHeader.TryRead(packet, out RtpHeader header);
        if (reason != DropReason.None)
            return reason;

        int padding = 0;
        if (header.HasPadding)
        {
            // The count includes itself, so that 0 is as wrong as one that reaches into the header.
            int available = packet.Length - header.Length;
            if (available == 0)
                return DropReason.RtpMalformed;
            padding = packet[^1];
            if (padding == 0 || padding > available)
                return DropReason.RtpMalformed;
        }

        rtp = new RtpPacket(packet, header, padding);
        return DropReason.None;
    }

    /// <param name="index">0..<see cref="CsrcCount"/> - 1.</param>
    public uint GetCsrc(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)CsrcCount, nameof(index));
        return BinaryPrimitives.ReadUInt32BigEndian(_packet[(RtpOffsets.FixedLength + index * RtpOffsets.CsrcLength)..]);
    }

    /// <summary>Finds a header extension element in the one-byte or the two-byte form (RFC 8285 4.2, 4.3).</summary>
    /// <param name="id">1..14 in the one-byte form, 1..255 in the two-byte form.</param>
    /// <param name="data">The element's bytes; they may be none in the two-byte form.</param>
    /// <returns>False when there is no such element, or a broken one comes before it: the packet is good without its extensions.</returns>
    public bool TryGetExtension(byte id, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (!Header.HasExtension)
            return false;

        int start = RtpOffsets.FixedLength + CsrcCount * RtpOffsets.CsrcLength;
        ushort profile = BinaryPrimitives.ReadUInt16BigEndian(_packet[start..]);
        ReadOnlySpan<byte> elements = _packet[(start + RtpOffsets.ExtensionHeaderLength)..Header.Length];
        return HeaderExtensions.TryFind(profile, elements, id, out data);
    }

    /// <summary>The audio level of RFC 6464, when the packet carries one.</summary>
    /// <param name="extensionId">As negotiated by <c>a=extmap</c>.</param>
    /// <param name="level">Set when the result is true.</param>
    public bool TryGetAudioLevel(byte extensionId, out AudioLevel level)
    {
        if (TryGetExtension(extensionId, out ReadOnlySpan<byte> data) && data.Length > 0)
        {
            level = AudioLevel.FromByte(data[0]);
            return true;
        }

        level = default;
        return false;
    }
}
