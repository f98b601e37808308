namespace Sfu.Net.Interop;

/// <summary>The two system calls of the packet path, so that tests can make the kernel fail.</summary>
internal unsafe interface ISocketCalls
{
    /// <summary><c>sendmmsg</c>, never blocking.</summary>
    /// <returns>Messages sent, from the first on; or a negative <see cref="Errno"/> when the first could not be sent.</returns>
    int Send(int socket, MessageHeader* messages, int count);

    /// <summary><c>recvmmsg</c>, never blocking.</summary>
    /// <returns>Datagrams received, or a negative <see cref="Errno"/>.</returns>
    int Receive(int socket, MessageHeader* messages, int count);
}
