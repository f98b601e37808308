using System.Buffers.Binary;
using System.Numerics;

namespace Sfu.Tcp;

/// <summary>What waits to be written to one connection: bounded, and the oldest frames make room for new ones.</summary>
/// <remarks>
/// One thread puts in, another takes out; neither waits for the other. The bytes lie as they go onto the wire, prefixes included. The
/// one who takes copies first and moves the tail afterwards, if nobody has moved it meanwhile: what was overwritten under its hands
/// is what the other side has given up, and is copied anew.
/// </remarks>
internal sealed class FrameQueue
{
    private readonly byte[] _ring;
    private readonly int _mask;

    /// <summary>Bytes ever put in; written by the thread that puts in.</summary>
    private long _head;

    /// <summary>Bytes ever taken out or given up; moved by both threads, whole frames at a time.</summary>
    private long _tail;

    /// <param name="capacity">Bytes, rounded up to a power of two; more than the longest frame.</param>
    public FrameQueue(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, Frame.PrefixLength + Frame.MaxPacket);
        _ring = GC.AllocateUninitializedArray<byte>((int)BitOperations.RoundUpToPowerOf2((uint)capacity));
        _mask = _ring.Length - 1;
    }

    public bool IsEmpty => Volatile.Read(ref _tail) == Volatile.Read(ref _head);

    /// <param name="packet">1 to <see cref="Frame.MaxPacket"/> bytes.</param>
    /// <returns>Frames that were given up to make room.</returns>
    public int Put(ReadOnlySpan<byte> packet)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(packet.Length, Frame.MaxPacket, nameof(packet));
        long end = _head + Frame.PrefixLength + packet.Length;
        int dropped = 0;
        long tail = Volatile.Read(ref _tail);
        while (end - tail > _ring.Length)
        {
            // Ours to read: what lies at the tail was written by this thread.
            long next = tail + FrameLengthAt(tail);
            long seen = Interlocked.CompareExchange(ref _tail, next, tail);
            if (seen == tail)
                dropped++;
            tail = seen == tail ? next : seen;
        }

        Span<byte> prefix = stackalloc byte[Frame.PrefixLength];
        BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)packet.Length);
        Write(_head, prefix);
        Write(_head + Frame.PrefixLength, packet);
        Volatile.Write(ref _head, end);
        return dropped;
    }

    /// <summary>Moves as many whole frames as fit.</summary>
    /// <param name="destination">Room for the longest frame at least.</param>
    /// <returns>Bytes written; 0 when nothing waits.</returns>
    public int Take(Span<byte> destination)
    {
        while (true)
        {
            long tail = Volatile.Read(ref _tail);
            long end = EndOfFrames(tail, Volatile.Read(ref _head), destination.Length);
            int length = (int)(end - tail);
            Read(tail, destination[..length]);
            if (Interlocked.CompareExchange(ref _tail, end, tail) == tail)
                return length;
        }
    }

    /// <summary>Lengths read here may be torn when frames are given up meanwhile; they stay within bounds, and the caller finds out.</summary>
    private long EndOfFrames(long tail, long head, int most)
    {
        long end = tail;
        while (end < head)
        {
            long next = end + FrameLengthAt(end);
            if (next > head || next - tail > most)
                break;
            end = next;
        }

        return end;
    }

    private int FrameLengthAt(long position) =>
        Frame.PrefixLength + (_ring[position & _mask] << 8 | _ring[(position + 1) & _mask]);

    private void Write(long position, ReadOnlySpan<byte> bytes)
    {
        int start = (int)(position & _mask);
        int first = Math.Min(bytes.Length, _ring.Length - start);
        bytes[..first].CopyTo(_ring.AsSpan(start));
        bytes[first..].CopyTo(_ring);
    }

    private void Read(long position, Span<byte> bytes)
    {
        int start = (int)(position & _mask);
        int first = Math.Min(bytes.Length, _ring.Length - start);
        _ring.AsSpan(start, first).CopyTo(bytes);
        _ring.AsSpan(0, bytes.Length - first).CopyTo(bytes[first..]);
    }
}
