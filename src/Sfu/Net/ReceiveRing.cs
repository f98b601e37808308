using Sfu.Buffers;
using Sfu.Diagnostics;
using Sfu.Net.Interop;

namespace Sfu.Net;

/// <summary>Pinned memory that a batch of datagrams is received into. Owned by one worker thread; serves all its sockets in turn.</summary>
public sealed unsafe class ReceiveRing
{
    /// <summary>More than an Ethernet frame carries, and a multiple of the cache line.</summary>
    public const int DefaultDatagramLength = 2048;

    public const int DefaultCapacity = 64;

    /// <summary>Each error that is pending on a socket takes one call to clear; no more of them are worth a turn of the loop.</summary>
    private const int MaxPendingErrors = 8;

    private readonly PinnedMemory _payloads;
    private readonly PinnedMemory _names;
    private readonly PinnedArray<IoVector> _vectors;
    private readonly PinnedArray<MessageHeader> _headers;
    private readonly int[] _slots;
    private readonly int _stride;
    private readonly SocketCounters _counters;
    private readonly DropCounters _drops;
    private readonly ISocketCalls _calls;
    private int _used;

    public ReceiveRing(
        SocketCounters counters,
        DropCounters drops,
        int capacity = DefaultCapacity,
        int datagramLength = DefaultDatagramLength)
        : this(counters, drops, SocketCalls.Kernel, capacity, datagramLength)
    {
    }

    internal ReceiveRing(SocketCounters counters, DropCounters drops, ISocketCalls calls, int capacity, int datagramLength)
    {
        _counters = counters;
        _drops = drops;
        _calls = calls;
        _stride = PinnedMemory.AlignUp(datagramLength);
        _payloads = new PinnedMemory(capacity * _stride);
        _names = new PinnedMemory(capacity * NativeAddress.MaxLength);
        _vectors = new PinnedArray<IoVector>(capacity);
        _headers = new PinnedArray<MessageHeader>(capacity);
        _slots = new int[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _vectors[i] = new IoVector { Base = _payloads.Pointer + i * _stride, Length = (nuint)datagramLength };
            _headers[i] = new MessageHeader
            {
                Name = _names.Pointer + i * NativeAddress.MaxLength,
                NameLength = NativeAddress.MaxLength,
                Vectors = _vectors.Pointer + i,
                VectorCount = 1,
            };
        }
    }

    /// <summary>Datagrams that one call receives at most. That many received means that more may wait.</summary>
    public int Capacity => _slots.Length;

    /// <summary>Takes what waits on the socket, without blocking. What was received before is overwritten.</summary>
    /// <returns>Datagrams to read by <see cref="Datagram"/> and <see cref="Source"/>. Those that were too long are not among them.</returns>
    public int Receive(UdpSocket socket)
    {
        // The kernel overwrote the lengths of what it filled.
        for (int i = 0; i < _used; i++)
            _headers[i].NameLength = NativeAddress.MaxLength;
        _used = ReceiveBatch(socket.Descriptor);
        GC.KeepAlive(this);

        int kept = 0;
        long bytes = 0;
        for (int i = 0; i < _used; i++)
        {
            bytes += _headers[i].Transferred;
            if ((_headers[i].Flags & MessageHeader.Truncated) == 0)
                _slots[kept++] = i;
        }

        _counters.CountReceived(_used, bytes);
        if (kept < _used)
            _drops.Count(DropReason.DatagramTruncated, _used - kept);
        return kept;
    }

    /// <param name="i">From 0 to what <see cref="Receive"/> returned, exclusive.</param>
    /// <returns>The payload, good until the next <see cref="Receive"/>; it may be written over.</returns>
    public Span<byte> Datagram(int i)
    {
        int slot = _slots[i];
        return _payloads.Slice(slot * _stride, (int)_headers[slot].Transferred);
    }

    /// <inheritdoc cref="Datagram"/>
    /// <returns>Who sent it.</returns>
    public TransportAddress Source(int i)
    {
        int slot = _slots[i];
        int length = Math.Min((int)_headers[slot].NameLength, NativeAddress.MaxLength);
        return NativeAddress.Read(_names.Slice(slot * NativeAddress.MaxLength, length));
    }

    private int ReceiveBatch(int descriptor)
    {
        int errors = 0;
        while (true)
        {
            int result = _calls.Receive(descriptor, _headers.Pointer, _headers.Length);
            _counters.CountReceiveCall();
            if (result >= 0)
                return result;
            switch (-result)
            {
                case Errno.Again:
                    return 0;
                case Errno.Interrupted:
                    continue;
                default:
                    // The answer of the network to something sent before (ECONNREFUSED, ...): reading it took it away.
                    _counters.CountReceiveError();
                    if (++errors == MaxPendingErrors)
                        return 0;
                    continue;
            }
        }
    }
}
