using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Sfu.Mailboxes;

/// <summary>A bounded queue of commands from any thread to the one thread that owns the mailbox.</summary>
/// <remarks>
/// Lock-free. Each cell has a sequence number that tells whose turn it is (after Vyukov's bounded queue): its position when it is free
/// for the producer of that position, one more when it is filled. The commands of one producer keep their order.
/// </remarks>
public sealed class Mailbox<TCommand>
    where TCommand : class
{
    private readonly Cell[] _cells;
    private readonly int _mask;
    private readonly Action _wake;
    private QueuePositions _positions;

    /// <param name="capacity">Commands that may wait, rounded up to a power of two.</param>
    /// <param name="wake">Called after each post, on the thread that posted.</param>
    public Mailbox(int capacity, Action wake)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _cells = new Cell[BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 2))];
        _mask = _cells.Length - 1;
        _wake = wake;
        for (int i = 0; i < _cells.Length; i++)
            _cells[i].Sequence = i;
    }

    public int Capacity => _cells.Length;

    /// <summary>Any thread.</summary>
    /// <returns>False when the mailbox is full; nothing was posted, and nobody woken.</returns>
    public bool TryPost(TCommand command)
    {
        while (true)
        {
            long position = Volatile.Read(ref _positions.Tail);
            ref Cell cell = ref _cells[position & _mask];
            long turn = Volatile.Read(ref cell.Sequence) - position;
            if (turn < 0)
                return false;
            if (turn > 0 || Interlocked.CompareExchange(ref _positions.Tail, position + 1, position) != position)
                continue;
            cell.Command = command;
            Volatile.Write(ref cell.Sequence, position + 1);
            _wake();
            return true;
        }
    }

    /// <summary>Owner's thread only.</summary>
    public bool TryTake([NotNullWhen(true)] out TCommand? command)
    {
        long position = _positions.Head;
        ref Cell cell = ref _cells[position & _mask];
        if (Volatile.Read(ref cell.Sequence) != position + 1)
        {
            command = null;
            return false;
        }

        command = cell.Command!;
        cell.Command = null;
        _positions.Head = position + 1;
        Volatile.Write(ref cell.Sequence, position + _cells.Length);
        return true;
    }

    private struct Cell
    {
        public long Sequence;
        public TCommand? Command;
    }
}
