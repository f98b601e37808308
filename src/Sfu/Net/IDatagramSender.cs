namespace Sfu.Net;

/// <summary>Where outgoing datagrams are written: a socket's send ring, a simulated network, or nowhere.</summary>
/// <remarks>
/// Owned by one worker thread. The order of use is reserve, write, commit; a reservation is given up by reserving again.
/// What is committed leaves at the latest with <see cref="Flush"/>, or earlier when the ring is full.
/// </remarks>
public interface IDatagramSender
{
    /// <summary>Room for one datagram, or for a run of equal segments to one address.</summary>
    /// <param name="length">Bytes wanted, 1..65,000.</param>
    /// <returns>At least <paramref name="length"/> bytes, valid until the next call on this sender.</returns>
    Span<byte> Reserve(int length);

    /// <summary>Hands over the first <paramref name="length"/> bytes of the reservation.</summary>
    /// <param name="path">The path of the receiver.</param>
    /// <param name="length">All bytes written.</param>
    /// <param name="segmentSize">
    /// Bytes of each datagram; the last one may be shorter. Equal to <paramref name="length"/> for a single datagram.
    /// At most 64 segments.
    /// </param>
    void Commit(in NetworkPath path, int length, int segmentSize);

    void Flush();
}
