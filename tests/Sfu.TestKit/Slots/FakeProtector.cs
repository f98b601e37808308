using Sfu.Srtp;

namespace Sfu.TestKit.Slots;

/// <summary>Leaves packets in the clear with a tag of its own behind them, and keeps what it would have encrypted.</summary>
internal sealed class FakeProtector : IPacketProtector
{
    private const byte TagByte = 0xEE;

    /// <summary>False: nothing is kept and nothing is allocated.</summary>
    public bool Records { get; init; } = true;

    public int RtpOverhead { get; init; } = 16;

    public int RtcpOverhead { get; init; } = 20;

    public List<ProtectedPacket> Packets { get; } = [];

    /// <summary>Compound packets in the clear.</summary>
    public List<byte[]> Reports { get; } = [];

    public int Prefetched { get; private set; }

    public void Prefetch() => Prefetched++;

    public int Protect(Span<byte> packet, int headerLength, ReadOnlySpan<byte> payload, int padding, uint rolloverCounter, TagBatch tags)
    {
        payload.CopyTo(packet[headerLength..]);
        int length = headerLength + payload.Length + padding;
        packet[(length - padding)..length].Clear();
        if (padding > 0)
            packet[length - 1] = checked((byte)padding);
        packet.Slice(length, RtpOverhead).Fill(TagByte);
        if (Records)
            Packets.Add(new ProtectedPacket(rolloverCounter, packet[..headerLength].ToArray(), payload.ToArray(), padding));
        return length + RtpOverhead;
    }

    public int ProtectRtcp(Span<byte> packet, int length)
    {
        packet.Slice(length, RtcpOverhead).Fill(TagByte);
        if (Records)
            Reports.Add(packet[..length].ToArray());
        return length + RtcpOverhead;
    }
}
