using Sfu.Buffers;
using Sfu.Net.Interop;

namespace Sfu.Net;

/// <summary>Messages for sendmmsg: headers, vectors, addresses and control messages, side by side in pinned memory.</summary>
internal sealed unsafe class MessageTable
{
    private readonly PinnedArray<MessageHeader> _headers;
    private readonly PinnedArray<IoVector> _vectors;
    private readonly PinnedArray<SegmentControl> _controls;
    private readonly PinnedMemory _names;
    private readonly byte[] _sockets;

    public MessageTable(int capacity)
    {
        _headers = new PinnedArray<MessageHeader>(capacity);
        _vectors = new PinnedArray<IoVector>(capacity);
        _controls = new PinnedArray<SegmentControl>(capacity);
        _names = new PinnedMemory(capacity * NativeAddress.MaxLength);
        _sockets = new byte[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _headers[i] = new MessageHeader
            {
                Name = _names.Pointer + i * NativeAddress.MaxLength,
                Vectors = _vectors.Pointer + i,
                VectorCount = 1,
                Control = _controls.Pointer + i,
            };
        }
    }

    public int Capacity => _sockets.Length;

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    /// <param name="path">The receiver.</param>
    /// <param name="family">The family of the socket of the path.</param>
    /// <param name="data">Pinned, and left alone until the message is sent.</param>
    /// <param name="length">Bytes of all segments.</param>
    /// <param name="segmentSize">Less than <paramref name="length"/> when the kernel is to cut the message.</param>
    /// <returns>False when a socket of this family cannot reach the address; nothing is added.</returns>
    public bool TryAdd(in NetworkPath path, int family, byte* data, int length, int segmentSize)
    {
        int i = Count;
        Span<byte> name = _names.Slice(i * NativeAddress.MaxLength, NativeAddress.MaxLength);
        int nameLength = NativeAddress.Write(path.Remote, family, name);
        if (nameLength == 0)
            return false;

        _vectors[i] = new IoVector { Base = data, Length = (nuint)length };
        ref MessageHeader header = ref _headers[i];
        header.NameLength = (uint)nameLength;
        header.ControlLength = 0;
        if (segmentSize < length)
        {
            _controls[i] = SegmentControl.Of(segmentSize);
            header.ControlLength = SegmentControl.Space;
        }

        _sockets[i] = (byte)path.Socket;
        Count++;
        return true;
    }

    /// <summary>Replaces the contents by the datagrams of one message of another table.</summary>
    public void Split(MessageTable source, int message)
    {
        Clear();
        int left = source.LengthOf(message);
        int segmentSize = source.SegmentSizeOf(message);
        byte* data = source._vectors[message].Base;
        ReadOnlySpan<byte> name = source._names.Slice(message * NativeAddress.MaxLength, NativeAddress.MaxLength);
        while (left > 0)
        {
            int length = Math.Min(segmentSize, left);
            name.CopyTo(_names.Slice(Count * NativeAddress.MaxLength, NativeAddress.MaxLength));
            _vectors[Count] = new IoVector { Base = data, Length = (nuint)length };
            _headers[Count].NameLength = source._headers[message].NameLength;
            _headers[Count].ControlLength = 0;
            _sockets[Count] = source._sockets[message];
            Count++;
            data += length;
            left -= length;
        }
    }

    public MessageHeader* HeadersFrom(int message) => _headers.Pointer + message;

    public byte SocketOf(int message) => _sockets[message];

    public bool IsSegmented(int message) => _headers[message].ControlLength != 0;

    public int LengthOf(int message) => (int)_vectors[message].Length;

    /// <summary>Datagrams that the message leaves as.</summary>
    public int DatagramsOf(int message)
    {
        int segmentSize = SegmentSizeOf(message);
        return (LengthOf(message) + segmentSize - 1) / segmentSize;
    }

    private int SegmentSizeOf(int message) =>
        IsSegmented(message) ? _controls[message].SegmentSize : LengthOf(message);
}
