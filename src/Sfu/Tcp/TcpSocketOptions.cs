using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sfu.Tcp;

/// <summary>TCP for audio: at once or not at all.</summary>
internal static class TcpSocketOptions
{
    private const int Backlog = 512;

    /// <summary>Asked of the kernel for what arrives: the reader never lies far behind.</summary>
    private const int ReceiveBuffer = 32 * 1024;

    // linux/tcp.h
    private const int LevelTcp = 6;
    private const int UserTimeout = 18;
    private const int NotSentLowWater = 25;

    /// <summary>Milliseconds without an acknowledgement after which the kernel gives a connection up; 15 minutes otherwise.</summary>
    private const int UserTimeoutMilliseconds = 30_000;

    /// <summary>
    /// Bytes that the kernel keeps for a connection besides what is on its way. What waits there cannot be dropped any more, and gets
    /// old: the default is megabytes, minutes of audio.
    /// </summary>
    private const int NotSentBytes = 4 * 1024;

    /// <exception cref="SocketException">The port is taken or the address is not ours.</exception>
    public static Socket Listen(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // A server that starts again need not wait until the kernel has forgotten its connections.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = local.Address.Equals(IPAddress.IPv6Any);
            socket.ReceiveBufferSize = ReceiveBuffer;
            socket.Bind(local);
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="SocketException">The connection has gone.</exception>
    public static void Prepare(Socket socket)
    {
        socket.NoDelay = true;
        Set(socket, NotSentLowWater, NotSentBytes);
        Set(socket, UserTimeout, UserTimeoutMilliseconds);
    }

    private static void Set(Socket socket, int option, int value) =>
        socket.SetRawSocketOption(LevelTcp, option, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));
}
