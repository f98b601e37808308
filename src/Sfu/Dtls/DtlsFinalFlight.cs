namespace Sfu.Dtls;

/// <summary>Our ChangeCipherSpec and Finished as bytes, so that the handshake's OpenSSL object need not outlive the handshake.</summary>
/// <remarks>
/// When the flight is lost the client sends its own last flight again (RFC 6347 4.2.4), and gets these bytes once more. The Finished
/// is the same record again, with the same record number; a client that has seen it discards it as a replay, and
/// one that has not is helped. Immutable.
/// </remarks>
public sealed class DtlsFinalFlight
{
    private readonly byte[] _datagram;

    internal DtlsFinalFlight(byte[] datagram) => _datagram = datagram;

    /// <summary>One datagram, far below any MTU.</summary>
    public ReadOnlySpan<byte> Datagram => _datagram;

    /// <summary>
    /// True when a datagram that arrives after the handshake carries the client's Finished again (an encrypted handshake record), so
    /// that <see cref="Datagram"/> should be sent. It is not authenticated: the caller bounds how often it answers.
    /// </summary>
    public static bool IsRetransmissionOfHandshake(ReadOnlySpan<byte> datagram)
    {
        while (DtlsRecord.TryRead(ref datagram, out DtlsRecord record))
        {
            if (record.Type == DtlsContentType.Handshake && record.Epoch > 0)
                return true;
        }

        return false;
    }
}
