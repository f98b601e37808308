namespace Sfu.Rtp;

/// <summary>One encoding inside a RED payload (RFC 2198 section 3).</summary>
/// <param name="payloadType">Of the encoding; 0..127.</param>
/// <param name="timestampOffset">To be subtracted from the packet's RTP timestamp; 0..16,383, and 0 for the primary block.</param>
/// <param name="isPrimary">True for the last block, which holds the newest audio.</param>
/// <param name="payload">May be empty.</param>
public readonly ref struct RedBlock(byte payloadType, ushort timestampOffset, bool isPrimary, ReadOnlySpan<byte> payload)
{
    public byte PayloadType { get; } = payloadType;

    public ushort TimestampOffset { get; } = timestampOffset;

    public bool IsPrimary { get; } = isPrimary;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}
