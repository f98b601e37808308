namespace Sfu.Net;

/// <summary>Where datagrams of one peer come from and go to: one of the worker's sockets and the remote address.</summary>
/// <param name="Socket">Index of the socket in its worker; the answer to a datagram leaves by the socket it came in.</param>
/// <param name="Remote">The client's address as the server sees it.</param>
public readonly record struct NetworkPath(byte Socket, TransportAddress Remote)
{
    public bool IsEmpty => Remote.IsEmpty;
}
