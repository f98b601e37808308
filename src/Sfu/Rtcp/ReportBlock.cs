using System.Buffers.Binary;

namespace Sfu.Rtcp;

/// <summary>What a receiver says about one stream (RFC 3550 6.4.1).</summary>
/// <param name="Ssrc">Of the stream that is reported on.</param>
/// <param name="FractionLost">Of the packets expected since the last report, in 1/256.</param>
/// <param name="CumulativeLost">Signed 24 bits: duplicates make it negative. A larger value is written as the nearest that fits.</param>
/// <param name="ExtendedHighestSequence">Cycles in the upper 16 bits, the highest sequence number in the lower.</param>
/// <param name="Jitter">Interarrival jitter in RTP timestamp units.</param>
/// <param name="LastSenderReport">Middle 32 bits of the NTP timestamp of the last SR; 0 when there was none.</param>
/// <param name="DelaySinceLastSenderReport">In 1/65536 seconds; 0 when there was no SR.</param>
public readonly record struct ReportBlock(
    uint Ssrc,
    byte FractionLost,
    int CumulativeLost,
    uint ExtendedHighestSequence,
    uint Jitter,
    uint LastSenderReport,
    uint DelaySinceLastSenderReport)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 24;

    public const int MaxCumulativeLost = 0x7F_FFFF;
    public const int MinCumulativeLost = -0x80_0000;

    private const int LossOffset = 4;
    private const int SequenceOffset = 8;
    private const int JitterOffset = 12;
    private const int LastSenderReportOffset = 16;
    private const int DelayOffset = 20;
    private const int CumulativeBits = 24;
    private const uint CumulativeMask = 0xFF_FFFF;

    /// <summary>The time to the receiver and back, when the block answers an SR of ours (RFC 3550 6.4.1, DLSR).</summary>
    /// <param name="ntpNow">When the block arrived, on the clock that wrote the SR.</param>
    /// <returns>Null when the receiver had no SR yet, or when the times contradict each other.</returns>
    public TimeSpan? RoundTrip(ulong ntpNow)
    {
        if (LastSenderReport == 0)
            return null;
        int units = (int)(NtpTime.Middle(ntpNow) - LastSenderReport - DelaySinceLastSenderReport);
        return units < 0 ? null : NtpTime.FromShort((uint)units);
    }

    /// <param name="source">At least <see cref="Length"/> bytes.</param>
    internal static ReportBlock Read(ReadOnlySpan<byte> source)
    {
        uint loss = BinaryPrimitives.ReadUInt32BigEndian(source[LossOffset..]);
        return new ReportBlock(
            BinaryPrimitives.ReadUInt32BigEndian(source),
            (byte)(loss >> CumulativeBits),
            (int)(loss << (32 - CumulativeBits)) >> (32 - CumulativeBits),
            BinaryPrimitives.ReadUInt32BigEndian(source[SequenceOffset..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[JitterOffset..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[LastSenderReportOffset..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[DelayOffset..]));
    }

    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    internal void Write(Span<byte> destination)
    {
        uint cumulative = (uint)Math.Clamp(CumulativeLost, MinCumulativeLost, MaxCumulativeLost) & CumulativeMask;
        BinaryPrimitives.WriteUInt32BigEndian(destination, Ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(destination[LossOffset..], (uint)FractionLost << CumulativeBits | cumulative);
        BinaryPrimitives.WriteUInt32BigEndian(destination[SequenceOffset..], ExtendedHighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(destination[JitterOffset..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(destination[LastSenderReportOffset..], LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(destination[DelayOffset..], DelaySinceLastSenderReport);
    }
}
