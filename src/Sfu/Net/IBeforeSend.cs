namespace Sfu.Net;

/// <summary>Work on committed datagrams that is put off until enough of it has come together, such as authentication tags.</summary>
public interface IBeforeSend
{
    /// <summary>Finishes every datagram that has been committed, or is written into a reservation. On the sender's thread, with its memory as it was written.</summary>
    void Complete();
}
