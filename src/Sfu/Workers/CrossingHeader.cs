using Sfu.Slots;

namespace Sfu.Workers;

/// <summary>What goes with bytes that cross into another worker; the bytes are copied behind it.</summary>
internal struct CrossingHeader
{
    public CrossingKind Kind;

    /// <summary>A room's key, or a peer's for <see cref="CrossingKind.Handshake"/>.</summary>
    public long Target;

    /// <summary>Where it comes from; only for <see cref="CrossingKind.ListenerLoss"/>.</summary>
    public int Worker;

    /// <summary>Only for <see cref="CrossingKind.Speaker"/>.</summary>
    public SpeakerHeader Speaker;

    /// <summary>Only for <see cref="CrossingKind.Slot"/>.</summary>
    public SlotPacketHeader Slot;
}
