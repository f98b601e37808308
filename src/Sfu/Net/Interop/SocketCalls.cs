using System.Runtime.InteropServices;

namespace Sfu.Net.Interop;

/// <summary>The kernel's own <c>sendmmsg</c> and <c>recvmmsg</c>.</summary>
internal sealed unsafe partial class SocketCalls : ISocketCalls
{
    public static readonly SocketCalls Kernel = new();

    private SocketCalls()
    {
    }

    public int Send(int socket, MessageHeader* messages, int count)
    {
        int sent = SendMany(socket, messages, (uint)count, SocketConstants.DontWait);
        return sent >= 0 ? sent : -Marshal.GetLastPInvokeError();
    }

    public int Receive(int socket, MessageHeader* messages, int count)
    {
        int received = ReceiveMany(socket, messages, (uint)count, SocketConstants.DontWait, null);
        return received >= 0 ? received : -Marshal.GetLastPInvokeError();
    }

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    private static partial int SendMany(int socket, MessageHeader* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    private static partial int ReceiveMany(int socket, MessageHeader* messages, uint count, int flags, void* timeout);
}
