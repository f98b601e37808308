using Sfu.Buffers;

namespace Sfu.Microbenchmarks.Support;

/// <summary>Where protected packets are written to, one after the other, as in a send ring: 256 places, then over again.</summary>
internal sealed class PacketRing
{
    /// <summary>Header, payload and the longest tag.</summary>
    public const int PacketLength = SlotPacket.Length + 16;

    private const int Places = 256;
    private const int Stride = 192;

    private readonly PinnedMemory _memory = new(Places * Stride);

    public Span<byte> this[int i] => _memory.Slice((i & (Places - 1)) * Stride, PacketLength);
}
