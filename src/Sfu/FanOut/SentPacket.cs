using Sfu.Slots;

namespace Sfu.FanOut;

/// <summary>What the plaintext of a packet that went out had beside what its slot's history keeps of it.</summary>
internal struct SentPacket
{
    /// <summary>The lower half of its index.</summary>
    public ushort Sequence;

    public byte Padding;

    public SlotForm Form;

    /// <summary>How often it was sent after the first time.</summary>
    public byte Repeats;
}
