using Sfu.Slots;

namespace Sfu.TestKit.Slots;

/// <summary>Keeps what a stage publishes, and hands it on when there is somebody to hand it to.</summary>
internal sealed class RecordingSink(ISlotSink? next = null) : ISlotSink
{
    public List<(SlotPacketHeader Header, byte[] Payload)> Packets { get; } = [];

    public void Publish(in SlotPacketHeader header, ReadOnlySpan<byte> payload)
    {
        Packets.Add((header, payload.ToArray()));
        next?.Publish(header, payload);
    }
}
