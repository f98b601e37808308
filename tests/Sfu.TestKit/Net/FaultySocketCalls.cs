using Sfu.Net;
using Sfu.Net.Interop;

namespace Sfu.TestKit.Net;

/// <summary>The kernel's socket calls with faults put in by a test. What no fault is set for goes to the kernel.</summary>
internal sealed unsafe class FaultySocketCalls : ISocketCalls
{
    private readonly Queue<int> _sendScript = new();
    private readonly Queue<int> _receiveScript = new();
    private readonly Dictionary<ushort, int> _errnoByPort = [];

    /// <summary>Given for every segmented message, when not 0.</summary>
    public int SegmentationErrno { get; set; }

    /// <summary>Messages that each send call was asked to send.</summary>
    public List<int> SendCounts { get; } = [];

    /// <summary>The next send calls: a negative number is an error, a positive one the messages taken at most.</summary>
    public void ScriptSends(params ReadOnlySpan<int> results)
    {
        foreach (int result in results)
            _sendScript.Enqueue(result);
    }

    /// <summary>The next receive calls: a negative number is an error, a positive one the datagrams given at most.</summary>
    public void ScriptReceives(params ReadOnlySpan<int> results)
    {
        foreach (int result in results)
            _receiveScript.Enqueue(result);
    }

    /// <summary>Every message to the port fails.</summary>
    public void FailPort(ushort port, int errno) => _errnoByPort[port] = errno;

    public int Send(int socket, MessageHeader* messages, int count)
    {
        SendCounts.Add(count);
        if (_sendScript.TryDequeue(out int result))
        {
            if (result < 0)
                return result;
            count = Math.Min(count, result);
        }

        for (int i = 0; i < count; i++)
        {
            int errno = FaultOf(messages[i]);
            if (errno == 0)
                continue;
            if (i == 0)
                return -errno;
            count = i;
        }

        return SocketCalls.Kernel.Send(socket, messages, count);
    }

    public int Receive(int socket, MessageHeader* messages, int count)
    {
        if (_receiveScript.TryDequeue(out int result))
        {
            if (result < 0)
                return result;
            count = Math.Min(count, result);
        }

        return SocketCalls.Kernel.Receive(socket, messages, count);
    }

    private int FaultOf(in MessageHeader message)
    {
        TransportAddress remote = NativeAddress.Read(new ReadOnlySpan<byte>(message.Name, (int)message.NameLength));
        if (_errnoByPort.TryGetValue(remote.Port, out int errno))
            return errno;
        return message.ControlLength != 0 ? SegmentationErrno : 0;
    }
}
