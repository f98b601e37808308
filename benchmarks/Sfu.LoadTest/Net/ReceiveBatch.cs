using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Sfu.Buffers;
using Sfu.Net.Interop;

namespace Sfu.LoadTest.Net;

/// <summary>A batch of datagrams with the addresses that they were sent to and the times at which the kernel got them. One thread.</summary>
internal sealed unsafe class ReceiveBatch
{
    public const int Capacity = 256;

    /// <summary>The longest message that the kernel cuts or joins. Only what is used of it is ever touched.</summary>
    private const int Stride = 65_536;

    private const int ControlStride = 128;

    // struct cmsghdr: length, level, type, data.
    private const int LevelOffset = 8;
    private const int TypeOffset = 12;
    private const int DataOffset = 16;
    private const int DestinationOffset = DataOffset + 8;
    private const int Alignment = 8;

    private readonly PinnedMemory _payloads = new(Capacity * Stride);
    private readonly PinnedMemory _controls = new(Capacity * ControlStride);
    private readonly PinnedArray<IoVector> _vectors = new(Capacity);
    private readonly PinnedArray<MessageHeader> _headers = new(Capacity);
    private int _used;

    public ReceiveBatch()
    {
        for (int i = 0; i < Capacity; i++)
        {
            _vectors[i] = new IoVector { Base = _payloads.Pointer + i * Stride, Length = Stride };
            _headers[i] = new MessageHeader
            {
                Vectors = _vectors.Pointer + i,
                VectorCount = 1,
                Control = (SegmentControl*)(_controls.Pointer + i * ControlStride),
                ControlLength = ControlStride,
            };
        }
    }

    /// <summary>Takes what waits, without blocking; overwrites what was received before.</summary>
    /// <returns>How many datagrams; <see cref="Capacity"/> means that more may wait.</returns>
    public int Receive(ClientSocket socket)
    {
        for (int i = 0; i < _used; i++)
            _headers[i].ControlLength = ControlStride;
        // An error is the network's answer to something sent before, and gone by being read.
        _used = Math.Max(0, SocketCalls.Kernel.Receive(socket.Descriptor, _headers.Pointer, Capacity));
        GC.KeepAlive(this);
        return _used;
    }

    public Span<byte> Datagram(int i) => MemoryMarshal.CreateSpan(ref *(_payloads.Pointer + i * Stride), (int)_headers[i].Transferred);

    /// <param name="destination">The IPv4 address that the datagram was sent to; 0 when the kernel did not say.</param>
    /// <param name="arrival">CLOCK_REALTIME nanoseconds; 0 when the kernel did not say.</param>
    /// <param name="segment">Bytes of each datagram that is in it, but for the last, which may be shorter; all when the kernel did not say.</param>
    public void ReadControl(int i, out uint destination, out long arrival, out int segment)
    {
        destination = 0;
        arrival = 0;
        segment = Stride;
        byte* at = _controls.Pointer + i * ControlStride;
        byte* end = at + _headers[i].ControlLength;
        while (end - at >= DataOffset)
        {
            int length = (int)*(nuint*)at;
            int level = *(int*)(at + LevelOffset);
            int type = *(int*)(at + TypeOffset);
            if (level == SocketConstants.LevelSocket && type == NativeCalls.Timestamps)
                arrival = *(long*)(at + DataOffset) * 1_000_000_000 + *(long*)(at + DataOffset + sizeof(long));
            else if (level == NativeCalls.LevelIp && type == NativeCalls.PacketInfo)
                destination = BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(at + DestinationOffset, sizeof(uint)));
            else if (level == SocketConstants.LevelUdp && type == NativeCalls.Coalesce)
                segment = *(int*)(at + DataOffset);
            if (length < DataOffset)
                return;
            at += (length + Alignment - 1) & ~(Alignment - 1);
        }
    }
}
