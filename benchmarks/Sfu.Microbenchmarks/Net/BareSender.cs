using System.Net;
using Sfu.Buffers;
using Sfu.Microbenchmarks.Rooms;
using Sfu.Net;
using Sfu.Net.Interop;

namespace Sfu.Microbenchmarks.Net;

/// <summary>The ceiling: messages that were put together before, handed to sendmmsg in a loop, and nothing else.</summary>
internal sealed unsafe class BareSender : IDisposable
{
    private const int Batch = SendRing.DefaultMessages;
    private const int BufferBytes = 4 << 20;

    private readonly UdpSocket _socket = new(new IPEndPoint(IPAddress.Any, 0), BufferBytes, BufferBytes);
    private readonly PinnedMemory _payloads;
    private readonly MessageTable _messages;

    /// <param name="listeners">Messages of a pass, one to each of <see cref="ListeningRoom.PathOf"/>.</param>
    /// <param name="length">Bytes of a message.</param>
    /// <param name="segmentSize">Bytes of a datagram.</param>
    public BareSender(int listeners, ushort port, int length, int segmentSize)
    {
        // As in a send ring, what is sent comes from memory that the batch before used, too.
        int stride = PinnedMemory.AlignUp(length);
        _payloads = new PinnedMemory(Batch * stride);
        new Random(1).NextBytes(_payloads.Span);
        _messages = new MessageTable(listeners);
        for (int i = 0; i < listeners; i++)
            _messages.TryAdd(ListeningRoom.PathOf(i, port), _socket.Family, _payloads.Pointer + (i % Batch) * stride, length, segmentSize);
    }

    /// <returns>Messages that the kernel took.</returns>
    public int Pass()
    {
        int sent = 0;
        while (sent < _messages.Count)
        {
            int result = SocketCalls.Kernel.Send(_socket.Descriptor, _messages.HeadersFrom(sent), Math.Min(Batch, _messages.Count - sent));
            if (result <= 0)
                break;
            sent += result;
        }

        GC.KeepAlive(this);
        return sent;
    }

    public void Dispose() => _socket.Dispose();
}
