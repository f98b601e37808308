namespace Sfu.Net;

/// <summary>Where packets of one peer come from and go to: one of the worker's UDP sockets or a TCP connection, and the remote address.</summary>
/// <param name="Socket">
/// Below <see cref="FirstConnection"/> the index of a UDP socket in its worker: the answer to a datagram leaves by the socket it came in.
/// From there on the number of a TCP connection of the node, which is not used again for another one.
/// </param>
/// <param name="Remote">The client's address as the server sees it.</param>
public readonly record struct NetworkPath(int Socket, TransportAddress Remote)
{
    public const int FirstConnection = 256;

    public bool IsEmpty => Remote.IsEmpty;

    public bool IsTcp => Socket >= FirstConnection;
}
