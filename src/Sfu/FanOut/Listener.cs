using Sfu.Net;
using Sfu.Srtp;
using Sfu.Time;

namespace Sfu.FanOut;

/// <summary>What the fan-out needs of somebody who hears a room.</summary>
/// <remarks>Belongs to the worker of its peer. The same object serves as long as the peer's keys do: it knows which indices are used.</remarks>
internal sealed class Listener
{
    private readonly ListenerSlot[] _slots;

    /// <param name="protector">Of the peer; nobody else protects RTP with it.</param>
    /// <param name="slots">As many as were offered to the peer, at least as many as its rooms have.</param>
    public Listener(IPacketProtector protector, int slots)
    {
        Protector = protector;
        _slots = new ListenerSlot[slots];
        ReportNode = new LinkedListNode<Listener>(this);
        Array.Fill(_slots, new ListenerSlot());
    }

    public IPacketProtector Protector { get; }

    /// <summary>Where packets go; may change at any time. While it is empty the listener counts as paused.</summary>
    public NetworkPath Path { get; set; }

    /// <summary>The CSRC that this listener speaks under and must not hear; 0 for the audience.</summary>
    public uint OwnCsrc { get; set; }

    /// <summary>Bit n is set when the listener takes slot n; the others are withheld.</summary>
    public uint SlotMask { get; set; } = uint.MaxValue;

    /// <summary>Nothing is sent; afterwards the listener sees a gap in time and no loss.</summary>
    public bool Paused { get; set; }

    /// <summary>The audience that this listener is in now.</summary>
    internal Audience? Audience { get; set; }

    /// <summary>The place in the audience's list; meaningless without an audience.</summary>
    internal int Position { get; set; }

    /// <summary>In a list while the listener awaits a report on a slot that it has just begun to hear.</summary>
    internal LinkedListNode<Listener> ReportNode { get; }

    /// <summary>When the last report went out, or was to.</summary>
    internal Instant ReportedAt { get; set; }

    internal Span<ListenerSlot> Slots => _slots;

    internal bool IsSilenced => Paused || Path.IsEmpty;
}
