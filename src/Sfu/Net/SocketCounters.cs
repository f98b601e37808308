namespace Sfu.Net;

/// <summary>What a worker's sockets did. What they dropped is in <see cref="Diagnostics.DropCounters"/>.</summary>
/// <remarks>Written by the one thread that owns it; read at scrape by any thread.</remarks>
public sealed class SocketCounters
{
    private long _datagramsReceived;
    private long _bytesReceived;
    private long _receiveCalls;
    private long _receiveErrors;
    private long _datagramsSent;
    private long _bytesSent;
    private long _messagesSent;
    private long _sendCalls;
    private long _segmentedMessages;
    private long _segmentationFallbacks;

    public long DatagramsReceived => Volatile.Read(ref _datagramsReceived);

    /// <summary>UDP payload bytes.</summary>
    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>Calls of recvmmsg, those that found nothing included.</summary>
    public long ReceiveCalls => Volatile.Read(ref _receiveCalls);

    /// <summary>Errors that recvmmsg gave, other than "nothing there" and "interrupted".</summary>
    public long ReceiveErrors => Volatile.Read(ref _receiveErrors);

    public long DatagramsSent => Volatile.Read(ref _datagramsSent);

    /// <summary>UDP payload bytes.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>Messages that the kernel took; one carries one datagram or several segments.</summary>
    public long MessagesSent => Volatile.Read(ref _messagesSent);

    /// <summary>Calls of sendmmsg, failed ones included.</summary>
    public long SendCalls => Volatile.Read(ref _sendCalls);

    /// <summary>Messages that the kernel took and cut into several datagrams (UDP_SEGMENT).</summary>
    public long SegmentedMessages => Volatile.Read(ref _segmentedMessages);

    /// <summary>Messages that were to be cut by the kernel and were sent as single datagrams instead, because it refused.</summary>
    public long SegmentationFallbacks => Volatile.Read(ref _segmentationFallbacks);

    internal void CountReceiveCall() => Add(ref _receiveCalls, 1);

    internal void CountReceiveError() => Add(ref _receiveErrors, 1);

    internal void CountReceived(int datagrams, long bytes)
    {
        Add(ref _datagramsReceived, datagrams);
        Add(ref _bytesReceived, bytes);
    }

    internal void CountSendCall() => Add(ref _sendCalls, 1);

    internal void CountSent(int messages, int segmentedMessages, int datagrams, long bytes)
    {
        Add(ref _messagesSent, messages);
        Add(ref _segmentedMessages, segmentedMessages);
        Add(ref _datagramsSent, datagrams);
        Add(ref _bytesSent, bytes);
    }

    internal void CountSegmentationFallback() => Add(ref _segmentationFallbacks, 1);

    /// <summary>One writer, so no interlocked operation is needed.</summary>
    private static void Add(ref long counter, long amount) => Volatile.Write(ref counter, counter + amount);
}
