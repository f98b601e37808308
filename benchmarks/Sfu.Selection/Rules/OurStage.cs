using System.Buffers.Binary;
using Sfu.FanOut;
using Sfu.Selection.Scenes;
using Sfu.Slots;
using Sfu.Time;

namespace Sfu.Selection.Rules;

/// <summary>The server's own stage, with all that it does: selection, slots and what it sends of a speaker's history.</summary>
internal sealed class OurStage : IRule, ISlotSink
{
    /// <summary>Of a payload that tells which packet it is: the Opus packet's first byte, then the number.</summary>
    private const int MarkedLength = 1 + sizeof(int);

    private readonly Stage _stage;
    private readonly int _slots;
    private readonly byte[] _payload = new byte[MediaConstants.MaxPayload];
    private List<int>? _heard;

    public OurStage(int slots, int members)
    {
        _slots = slots;
        _stage = new Stage(slots, this);
        for (int member = 0; member < members; member++)
            _stage.AddSpeaker(Csrc(member));
    }

    public string Name => "ours";

    public void Receive(ScenePacket packet, List<int> heard)
    {
        _heard = heard;
        _payload[0] = packet.Toc;
        BinaryPrimitives.WriteInt32LittleEndian(_payload.AsSpan(1), packet.Number);
        var speaker = new SpeakerPacket
        {
            Ssrc = Csrc(packet.Member),
            Index = packet.Number,
            Timestamp = (uint)(packet.Start * (MediaConstants.ClockRate / 1_000)),
            Level = packet.Level,
            Payload = _payload.AsSpan(0, Math.Max(MarkedLength, packet.Length)),
        };
        _stage.Receive(Csrc(packet.Member), speaker, At(packet.Arrival));
    }

    public bool HasSlot(int member)
    {
        for (int slot = 0; slot < _slots; slot++)
        {
            if (_stage.SpeakerIn(slot) == Csrc(member))
                return true;
        }

        return false;
    }

    public void Publish(in SlotPacketHeader header, ReadOnlySpan<byte> payload) => _heard!.Add(BinaryPrimitives.ReadInt32LittleEndian(payload[1..]));

    private static uint Csrc(int member) => (uint)member + 1;

    private static Instant At(double milliseconds) => new(1_000_000 + (long)(milliseconds * 1_000));
}
