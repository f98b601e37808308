using System.Runtime.CompilerServices;
using Sfu.Net;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.Time;

namespace Sfu.FanOut;

/// <summary>What the fan-out needs of somebody who hears a room.</summary>
/// <remarks>Belongs to the worker of its peer. The same object serves as long as the peer's keys do: it knows which indices are used.</remarks>
internal sealed class Listener
{
    /// <summary>What an object of this class takes, about.</summary>
    internal const int Bytes = 192;

    private const int ArrayHeader = 16;

    /// <summary>The protector and what it was allocated together with: transform, cipher and the owner of its keys, which the collector keeps side by side.</summary>
    private const int ProtectorBytes = 320;

    private readonly ListenerSlot[] _slots;

    /// <param name="protector">Of the peer; nobody else protects RTP with it.</param>
    /// <param name="slots">As many as were offered to the peer, at least as many as its rooms have.</param>
    /// <param name="format">As negotiated; <see cref="ListenerFormat.Usual"/> when null.</param>
    public Listener(IPacketProtector protector, int slots, ListenerFormat? format = null)
    {
        Protector = protector;
        Format = format ?? ListenerFormat.Usual;
        HasOwnHeaders = !Format.HasUsualHeaders;
        Dominant = Format.FollowsDominant ? new DominantStream() : null;
        _slots = new ListenerSlot[slots];
        ReportNode = new LinkedListNode<Listener>(this);
        Array.Fill(_slots, new ListenerSlot());
    }

    public IPacketProtector Protector { get; }

    public ListenerFormat Format { get; }

    /// <summary>Where packets go; may change at any time. While it is empty the listener counts as paused.</summary>
    public NetworkPath Path { get; set; }

    /// <summary>The CSRC that this listener speaks under and must not hear; 0 for the audience.</summary>
    public uint OwnCsrc { get; set; }

    /// <summary>Bit n is set when the listener takes slot n; the others are withheld.</summary>
    public uint SlotMask { get; set; } = uint.MaxValue;

    /// <summary>How many slots the listener takes, in the order of dominance: packets of the others are withheld. 1 is the dominant speaker alone.</summary>
    public int SlotLimit { get; set; } = MediaConstants.MaxSlots;

    /// <summary>Nothing is sent; afterwards the listener sees a gap in time and no loss.</summary>
    public bool Paused { get; set; }

    /// <summary>Null until the listener tells of loss for the first time.</summary>
    internal Protection? Protection { get; private set; }

    /// <summary>Packets go out as RED where they have that form.</summary>
    internal bool OnRed => Protection is { Red.IsOn: true };

    /// <summary>The audience that this listener is in now.</summary>
    internal Audience? Audience { get; set; }

    /// <summary>The place in the audience's list; meaningless without an audience.</summary>
    internal int Position { get; set; }

    /// <summary>In a list while the listener awaits a report on a slot that it has just begun to hear.</summary>
    internal LinkedListNode<Listener> ReportNode { get; }

    /// <summary>When the last report went out, or was to.</summary>
    internal Instant ReportedAt { get; set; }

    /// <summary>What the fan-out keeps of each slot for this listener; of one that follows the dominant speaker only cursors and floors count.</summary>
    internal Span<ListenerSlot> Slots => _slots;

    /// <summary>Only of a listener that follows the dominant speaker.</summary>
    internal DominantStream? Dominant { get; }

    /// <summary>False for nearly everybody: packets go out as they were built, with another sequence number.</summary>
    internal bool HasOwnHeaders { get; }

    /// <summary>The numbering of a stream; there is but one for who follows the dominant speaker.</summary>
    internal ref readonly ListenerSlot NumbersOf(int stream)
    {
        if (Dominant is not null)
            return ref Dominant.Numbers;
        return ref _slots[stream];
    }

    /// <summary>The line has lost something.</summary>
    internal void Protect() => Protection ??= new Protection(_slots.Length, Format);

    internal bool IsSilenced => Paused || Path.IsEmpty;

    /// <summary>Fetches what this object refers to, but for what that refers to in its turn.</summary>
    internal void Prefetch()
    {
        Buffers.Prefetch.Object(_slots, ArrayHeader + _slots.Length * Unsafe.SizeOf<ListenerSlot>());
        Buffers.Prefetch.Object(Protector, ProtectorBytes);
    }
}
