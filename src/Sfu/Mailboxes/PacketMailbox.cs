using System.Numerics;
using System.Runtime.CompilerServices;
using Sfu.Buffers;

namespace Sfu.Mailboxes;

/// <summary>A bounded queue of packets, copied in by any thread, for the one thread that owns the mailbox.</summary>
/// <typeparam name="THeader">What goes along with the bytes of a packet.</typeparam>
/// <remarks>
/// Lock-free, and allocates nothing after construction. The cells are as <see cref="Mailbox{TCommand}"/> describes, in one block of
/// pinned memory, each on cache lines of its own. The packets of one producer keep their order.
/// </remarks>
public sealed unsafe class PacketMailbox<THeader>
    where THeader : unmanaged
{
    // A cell: its sequence number, the length of the payload, the header, the payload.
    private const int LengthOffset = sizeof(long);
    private const int HeaderOffset = 2 * sizeof(long);

    private readonly PinnedMemory _memory;
    private readonly int _payloadOffset;
    private readonly int _stride;
    private readonly int _mask;
    private readonly Action _wake;
    private QueuePositions _positions;

    /// <param name="capacity">Packets that may wait, rounded up to a power of two.</param>
    /// <param name="maxPayload">Bytes of a packet, at most.</param>
    /// <param name="wake">Called after each post, on the thread that posted.</param>
    public PacketMailbox(int capacity, int maxPayload, Action wake)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegative(maxPayload);
        Capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 2));
        MaxPayload = maxPayload;
        _mask = Capacity - 1;
        _wake = wake;
        _payloadOffset = HeaderOffset + sizeof(THeader);
        _stride = PinnedMemory.AlignUp(_payloadOffset + maxPayload);
        _memory = new PinnedMemory(checked(Capacity * _stride));
        for (int i = 0; i < Capacity; i++)
            SequenceOf(Cell(i)) = i;
    }

    public int Capacity { get; }

    public int MaxPayload { get; }

    /// <summary>Any thread.</summary>
    /// <returns>False when the mailbox is full, or the payload longer than <see cref="MaxPayload"/>; nothing was posted, and nobody woken.</returns>
    public bool TryPost(in THeader header, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > MaxPayload)
            return false;
        while (true)
        {
            long position = Volatile.Read(ref _positions.Tail);
            byte* cell = Cell(position);
            long turn = Volatile.Read(ref SequenceOf(cell)) - position;
            if (turn < 0)
                return false;
            if (turn > 0 || Interlocked.CompareExchange(ref _positions.Tail, position + 1, position) != position)
                continue;
            *(int*)(cell + LengthOffset) = payload.Length;
            Unsafe.WriteUnaligned(cell + HeaderOffset, header);
            payload.CopyTo(new Span<byte>(cell + _payloadOffset, MaxPayload));
            Volatile.Write(ref SequenceOf(cell), position + 1);
            _wake();
            return true;
        }
    }

    /// <summary>The packet that is next, left where it is. Owner's thread only.</summary>
    /// <param name="header">As posted.</param>
    /// <param name="payload">Good until <see cref="Advance"/>; it may be written over.</param>
    /// <returns>False when none waits.</returns>
    public bool TryPeek(out THeader header, out Span<byte> payload)
    {
        long position = _positions.Head;
        byte* cell = Cell(position);
        if (Volatile.Read(ref SequenceOf(cell)) != position + 1)
        {
            header = default;
            payload = default;
            return false;
        }

        header = Unsafe.ReadUnaligned<THeader>(cell + HeaderOffset);
        payload = new Span<byte>(cell + _payloadOffset, *(int*)(cell + LengthOffset));
        return true;
    }

    /// <summary>Gives back the cell of the packet that <see cref="TryPeek"/> showed. Owner's thread only.</summary>
    /// <exception cref="InvalidOperationException">None waits.</exception>
    public void Advance()
    {
        long position = _positions.Head;
        ref long sequence = ref SequenceOf(Cell(position));
        if (Volatile.Read(ref sequence) != position + 1)
            throw new InvalidOperationException("The mailbox is empty.");
        _positions.Head = position + 1;
        Volatile.Write(ref sequence, position + Capacity);
    }

    private static ref long SequenceOf(byte* cell) => ref *(long*)cell;

    private byte* Cell(long position) => _memory.Pointer + (position & _mask) * _stride;
}
